/** A day by this computer's calendar: 23 or 25 hours long when the clocks change. Epoch ms, `to` is the next midnight. */
export function dayOf(now: number): { day: string; from: number; to: number } {
  const at = new Date(now);
  const [year, month, date] = [at.getFullYear(), at.getMonth(), at.getDate()];
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    day: `${year}-${two(month + 1)}-${two(date)}`,
    from: new Date(year, month, date).getTime(),
    to: new Date(year, month, date + 1).getTime(),
  };
}
