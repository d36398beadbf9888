import type { Words } from './words';

export const tr: Words = {
  open: "Handover Desk'i aç",
  quit: 'Çık',
  practiceCaller: 'Alıştırma: bir arayan aktarılsın',
  offline: 'Bağlı değil',
  waiting: (count) => `${count} çağrı bekliyor`,
  callerWaits: 'Bir arayan sizi bekliyor',
  callbacksDue: (count) => `${count} geri aramanın zamanı geldi`,
  callbackDue: 'Geri arama zamanı',
  callbackWaits: 'Bir müşteri aramanızı bekliyor',
  state: { available: 'Uygun', busy: 'Meşgul', wrapup: 'Çağrı sonrası', break: 'Mola', offline: 'Çevrimdışı' },
  wrapUpThen: (next) => `Çağrı sonrası, sonra ${next}`,
  trigger: {
    upset: 'Öfkeli müşteri',
    asked_for_person: 'Bir yetkili istedi',
    keyword: 'Anahtar kelime',
    too_long: 'Çok uzun sürdü',
    compliance: 'Uyum',
    transfer: 'Aktarma',
    ringing: 'Gelen çağrı',
    custom: 'Aktarıldı',
    unknown: 'Aktarıldı',
  },
};
