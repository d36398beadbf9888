/** What each column of a file becomes: as the person said, else guessed from its header in English, Hindi or Turkish. */
import type { ColumnMapping, ColumnTarget } from '../../../shared/contract/lead-imports';
import { LEAD_LIMITS } from '../../../shared/contract/leads';

export interface Column {
  column: number;
  header: string;
  to: ColumnTarget;
  /** Of a field: what it is kept as. Of a number: what its column was called. */
  name: string;
  guessed: boolean;
}

/** Headers as they are compared: lower case, without accents and punctuation. */
const WORDS: Record<Exclude<ColumnTarget, 'field' | 'ignore'>, string> = {
  phone: `phone|phone number|phone no|phone 1|phone1|mobile|mobile number|mobile no|mobile phone|cell|cell phone|cellphone
    |telephone|tel|tel no|number|contact number|contact no|primary phone|primary number|whatsapp|whatsapp number|msisdn
    |other phone|other number|second phone|mobile 2|alternate number|alternate phone|alt phone|alternate mobile|phone 2|phone2|phone 3|phone3|home phone|work phone|home|work
    |फोन|फ़ोन|फोन नंबर|फ़ोन नंबर|मोबाइल|मोबाइल नंबर|संपर्क नंबर|दूरभाष|नंबर
    |telefon|telefon no|telefon numarasi|cep|cep telefonu|cep tel|gsm|gsm no|numara|iletisim numarasi|ev telefonu|is telefonu`,
  name: `name|full name|customer name|contact name|customer|contact|client|client name|borrower|borrower name
    |नाम|पूरा नाम|ग्राहक|ग्राहक का नाम|ad soyad|adi soyadi|isim soyisim|musteri|musteri adi|isim`,
  first_name: 'first name|firstname|given name|forename|पहला नाम|प्रथम नाम|ad|adi|ilk ad',
  last_name: 'last name|lastname|surname|family name|उपनाम|अंतिम नाम|कुलनाम|soyad|soyadi|soyisim',
  language: 'language|lang|preferred language|locale|भाषा|dil|tercih edilen dil',
  zone: 'time zone|timezone|tz|zone|iana zone|समय क्षेत्र|saat dilimi|zaman dilimi',
  region: 'region|state|state code|province|county|राज्य|प्रदेश|eyalet|bolge',
  postcode: 'postcode|post code|postal code|zip|zip code|zipcode|pin|pin code|pincode|पिन|पिन कोड|posta kodu|pk',
  country: 'country|country code iso|country iso|iso country|देश|ulke|ulke kodu',
  priority: 'priority|prio|rank|प्राथमिकता|oncelik',
  external_id: `id|lead id|customer id|contact id|crm id|external id|account id|reference|reference no|ref|ref no
    |ग्राहक आईडी|आईडी|संदर्भ|musteri no|musteri id|referans|kayit no`,
  segment: `segment|segment name|customer segment|lead segment|सेगमेंट|खंड|ग्राहक सेगमेंट|ग्राहक खंड
    |segment adi|musteri segmenti|musteri grubu`,
  consent: 'consent|opt in|optin|permission|consent level|सहमति|अनुमति|izin|onay|riza',
  consent_at: 'consent date|consent at|consent given|opt in date|optin date|सहमति तिथि|izin tarihi|onay tarihi',
  consent_source: 'consent source|opt in source|optin source|सहमति स्रोत|izin kaynagi|onay kaynagi',
};

function compared(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/ı/g, 'i')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

const GUESSES = new Map(
  (Object.entries(WORDS) as [ColumnTarget, string][]).flatMap(([to, words]) =>
    words.split('|').map((word) => [compared(word), to] as const),
  ),
);

/** Only numbers and fields may come from several columns. */
const MANY: readonly ColumnTarget[] = ['phone', 'field', 'ignore'];

function fallbackName(column: number, header: string): string {
  const name = header.trim().slice(0, LEAD_LIMITS.maxFieldNameChars);
  return name === '' ? `column ${column + 1}` : name;
}

/** @param headers cells of the first row, or as many empty ones where it is a lead */
export function columnsOf(headers: readonly string[], mapping: readonly ColumnMapping[]): Column[] {
  const said = new Map(mapping.map((one) => [one.column, one]));
  const taken = new Set(mapping.map(({ to }) => to).filter((to) => !MANY.includes(to)));
  // Where the person says which columns hold numbers, no other column does.
  const guessPhones = !mapping.some(({ to }) => to === 'phone');
  return headers.map((header, column) => {
    const own = said.get(column);
    const named = own?.name ?? fallbackName(column, header);
    if (own !== undefined) return { column, header, to: own.to, name: named, guessed: false };
    const guess = GUESSES.get(compared(header));
    const free = guess !== undefined && !taken.has(guess) && (guess !== 'phone' || guessPhones);
    const to = free ? guess : 'field';
    if (!MANY.includes(to)) taken.add(to);
    return { column, header, to, name: named, guessed: true };
  });
}
