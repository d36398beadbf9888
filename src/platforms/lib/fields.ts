/**
 * Lenient reading of a platform's object. A field that is missing, null or of a type that cannot be meant is absent;
 * numbers written as text (and the reverse) are understood. What was read is remembered, so that the rest can be kept.
 */
import { parseInstant } from './time';

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?$/i;
/** Longest text that is still read as a number, characters. */
const MAX_NUMBER_CHARS = 40;

function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

function asNumber(value: unknown): number | undefined {
  const isText = typeof value === 'string' && value.length <= MAX_NUMBER_CHARS && NUMBER.test(value.trim());
  const number = typeof value === 'number' ? value : isText ? Number(value) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

function asFlag(value: unknown): boolean | undefined {
  if (value === true || value === 1 || value === 'true' || value === '1') return true;
  return value === false || value === 0 || value === 'false' || value === '0' ? false : undefined;
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Reads named fields of one object; every method takes aliases and answers with the first that is of its kind. */
export class Fields {
  readonly #source: Record<string, unknown>;
  readonly #read = new Set<string>();

  /** Anything but an object reads as an empty one. */
  constructor(source: unknown) {
    this.#source = asRecord(source) ?? {};
  }

  #first<T>(names: readonly string[], as: (value: unknown, name: string) => T | undefined): T | undefined {
    for (const name of names) {
      if (!Object.hasOwn(this.#source, name)) continue;
      const value = as(this.#source[name], name);
      if (value === undefined) continue;
      this.#read.add(name);
      return value;
    }
    return undefined;
  }

  text(...names: string[]): string | undefined {
    return this.#first(names, asText);
  }

  /** One of the words that are meant, whatever its case; any other word stays among the rest. */
  oneOf<T extends string>(words: readonly T[], ...names: string[]): T | undefined {
    return this.#first(names, (value) => {
      const said = asText(value)?.trim().toLowerCase();
      return words.find((word) => word === said);
    });
  }

  number(...names: string[]): number | undefined {
    return this.#first(names, asNumber);
  }

  /** Seconds, minutes, …: a negative length of time is a fault of the sender, not a fact. */
  duration(...names: string[]): number | undefined {
    return this.#first(names, (value) => {
      const number = asNumber(value);
      return number !== undefined && number >= 0 ? number : undefined;
    });
  }

  flag(...names: string[]): boolean | undefined {
    return this.#first(names, asFlag);
  }

  /** RFC 3339 UTC; a time without a zone counts only where the field's name says UTC. */
  instant(...names: string[]): string | undefined {
    return this.#first(names, (value, name) => parseInstant(value, { zonelessIsUtc: /utc/i.test(name) }));
  }

  record(...names: string[]): Record<string, unknown> | undefined {
    return this.#first(names, asRecord);
  }

  /** A nested object to read on; an empty one where there is none. */
  fields(...names: string[]): Fields {
    return new Fields(this.record(...names));
  }

  list(...names: string[]): unknown[] | undefined {
    return this.#first(names, (value) => (Array.isArray(value) ? (value as unknown[]) : undefined));
  }

  /** Whatever is there, of any type but null. */
  any(...names: string[]): unknown {
    return this.#first(names, (value) => value ?? undefined);
  }

  /** What nobody asked for, or what was not of the kind asked for. */
  rest(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.#source).filter(([name]) => !this.#read.has(name)));
  }
}
