/** How large the text may be, percent of the normal size. Plain numbers: windows carry no schema. */

export const NORMAL_TEXT = 100;
export const LARGEST_TEXT = 200;
/** The sizes that are offered. */
export const TEXT_SIZES = [NORMAL_TEXT, 110, 125, 150, 175, LARGEST_TEXT] as const;
