/** People of several places, so that at every hour there is somebody whom the rules let be called. */

export interface Customer {
  name: string;
  phone: string;
  zone: string;
}

const CUSTOMERS: readonly Customer[] = [
  { name: 'Priya Sharma', phone: '+919876543210', zone: 'Asia/Kolkata' },
  { name: 'Jonas Weber', phone: '+493023125014', zone: 'Europe/Berlin' },
  { name: 'Olivia Bennett', phone: '+61491570156', zone: 'Australia/Sydney' },
  { name: 'Dolores Whitfield', phone: '+14155550132', zone: 'America/Los_Angeles' },
];

const hourIn = (timeZone: string) =>
  Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone }).format(new Date()));

const isDay = (zone: string) => hourIn(zone) >= 10 && hourIn(zone) < 20;

/** Somebody whom the hours let be called now whatever it is about (India's begin at 10:00), and somebody whom they do not: at every hour there are both. */
export function openAndClosed(): { open: Customer; closed: Customer } {
  const open = CUSTOMERS.find(({ zone }) => isDay(zone));
  const closed = CUSTOMERS.find(({ zone }) => hourIn(zone) >= 21 || hourIn(zone) < 8);
  if (open === undefined || closed === undefined) throw new Error('no such hour');
  return { open, closed };
}

/** Somebody whom an AI may call now on a click although no consent is on record. */
export function openWithoutConsent(): Customer {
  const vancouver = { name: 'Claire Tremblay', phone: '+16045550132', zone: 'America/Vancouver' };
  const found = [...CUSTOMERS.slice(0, 3), vancouver].find(({ zone }) => isDay(zone));
  if (found === undefined) throw new Error('no such hour');
  return found;
}
