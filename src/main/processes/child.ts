/** A program the desk starts beside itself, as far as it is used here. */
export interface Child {
  post: (message: unknown) => void;
  onMessage: (listener: (message: unknown) => void) => void;
  /** Exactly once. */
  onExit: (listener: (code: number) => void) => void;
  kill: () => void;
}

export type Fork = () => Child;
