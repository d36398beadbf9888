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
  windowFails: 'Pencere gösterilemiyor.',
  windowFailsAbout: 'Sayfası tekrar tekrar kapandı. Kaydettikleriniz güvende.',
  tryAgain: 'Yeniden dene',
  state: { available: 'Müsait', busy: 'Meşgul', wrapup: 'Çağrı sonrası', break: 'Mola', offline: 'Çevrimdışı' },
  wrapUpThen: (next) => `Çağrı sonrası, sonra ${next}`,
  trigger: {
    upset: 'Sinirli müşteri',
    asked_for_person: 'Bir insanla görüşmek istedi',
    keyword: 'Anahtar kelime',
    too_long: 'Çok uzun sürdü',
    compliance: 'Mevzuata uyum',
    transfer: 'Aktarıldı',
    ringing: 'Gelen çağrı',
    custom: 'Özel kural',
    unknown: 'Neden belirtilmedi',
  },
};
