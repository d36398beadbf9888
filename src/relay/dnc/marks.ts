/** Mark of how far the log was read for stops. */
export const STOPS_MARK = 'stops.offset';
