/** Mark of how far the log was read for stops. */
export const STOPS_MARK = 'stops.offset';
/** Events in which somebody may ask not to be called again. */
export const STOP_BEARING = ['call.disposition', 'call.ended'] as const;
