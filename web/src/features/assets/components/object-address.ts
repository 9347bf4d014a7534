/** An address of bytes that the page holds; given back when nobody holds it any more. */
export class ObjectAddress {
  readonly text: string;
  private holders = 0;

  constructor(bytes: Blob) {
    this.text = URL.createObjectURL(bytes);
  }

  /** Gives what lets go. */
  hold(): () => void {
    this.holders += 1;
    return () => {
      this.holders -= 1;
      queueMicrotask(() => this.holders === 0 && URL.revokeObjectURL(this.text));
    };
  }
}
