import { Observable } from "@/lib/observable";
import type { FileUpload } from "@/lib/uploads";

/** The uploads that no field shows, oldest first. They go on while one looks at other pages. */
export const tray = new Observable<readonly FileUpload[]>([]);
