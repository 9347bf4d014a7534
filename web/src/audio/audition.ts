export type Hearing = { state: "silent" } | { state: "loading" | "playing"; key: string };

const SILENT: Hearing = { state: "silent" };

/** Plays short sounds to choose from, one at a time: what begins ends what was heard before. */
export class Audition {
  private hearing: Hearing = SILENT;
  private sound: HTMLAudioElement | null = null;
  private address = "";
  private readonly watchers = new Set<() => void>();

  readonly get = (): Hearing => this.hearing;

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Ends when it plays. Raises what `load` raises, and where the browser cannot play it. */
  async play(key: string, load: () => Promise<Blob>): Promise<void> {
    this.stop();
    const mine: Hearing = { state: "loading", key };
    this.tell(mine);
    try {
      const bytes = await load();
      if (this.hearing === mine) await this.begin(bytes, key);
    } catch (failure) {
      if (this.hearing === mine) this.stop();
      throw failure;
    }
  }

  readonly stop = (): void => {
    this.sound?.pause();
    this.sound = null;
    if (this.address !== "") URL.revokeObjectURL(this.address);
    this.address = "";
    this.tell(SILENT);
  };

  private async begin(bytes: Blob, key: string): Promise<void> {
    this.address = URL.createObjectURL(bytes);
    const sound = (this.sound = new Audio(this.address));
    sound.onended = this.stop;
    await sound.play();
    if (this.sound === sound) this.tell({ state: "playing", key });
  }

  private tell(hearing: Hearing): void {
    this.hearing = hearing;
    for (const watcher of this.watchers) watcher();
  }
}
