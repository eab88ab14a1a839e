// What browsers and Node share and this pure code needs by name; either platform's own types complete it.
declare global {
  interface AbortSignal {
    readonly aborted: boolean;
    throwIfAborted(): void;
    addEventListener(type: "abort", listener: () => void): void;
    removeEventListener(type: "abort", listener: () => void): void;
  }
}

export {};
