/** Sizes of the text that are offered, percent of the normal one. */
export const TEXT_SIZES = [100, 110, 125, 150, 175, 200] as const;
export const NORMAL_TEXT = 100;
