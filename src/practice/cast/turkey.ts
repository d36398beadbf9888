/**
 * Callers in Turkey. No range is reserved for fiction there: one carries the example number of a platform's document, the
 * others begin with 570 and 580, which no operator holds.
 */
import type { Caller } from './caller';

export const TURKEY: readonly Caller[] = [
  {
    slug: 'elif',
    name: 'Elif Yıldırım',
    phone: '+905700000112',
    language: 'tr-TR',
    country: 'TR',
    campaign: 'cmp_c3b8f01d6e25',
    trigger: 'explicit_request',
    summary:
      'Müşterinin 3 Mart’ta teslim edilmiş görünen kargosu eline ulaşmamış; içinde 4.750 TL’lik bir oto koltuğu var. Teslim alan olarak "A. Kaya" yazıyor, müşteri böyle birini tanımıyor. Bugün 18.00’e kadar yazılı bilgi istiyor, aksi hâlde bankasından ters ibraz başlatacak.',
    fields: { shipment: 'TR-5567-0192', value_try: 4750, delivered_to: 'A. Kaya' },
    disposition: 'dispute',
    sentiment: 'negative',
    qaScore: 77,
    dialogue: [
      ['ai', 'İyi günler, Elif Hanım ile mi görüşüyorum?'],
      ['customer', 'Evet, kargom için arıyorsanız hâlâ gelmedi.'],
      ['ai', 'Kayıtlarımızda 3 Mart’ta teslim edilmiş görünüyor. Teslim alan: A. Kaya.'],
      ['customer', 'Öyle birini tanımıyorum. Bizim apartmanda Kaya soyadlı kimse yok.'],
      ['ai', 'Anlıyorum. Kapı fotoğrafını kontrol ediyorum.'],
      ['customer', 'O koltuk 4.750 lira. Bebeğim on gün sonra doğacak, beklemeye vaktim yok.'],
      ['ai', 'Sizin için bir inceleme kaydı açabilirim, sonucu üç iş günü içinde çıkar.'],
      ['customer', 'Hayır, bir yetkiliyle görüşmek istiyorum.'],
      ['ai', 'Sizi hemen bir arkadaşıma aktarıyorum.'],
    ],
    tool: {
      after: 4,
      name: 'teslimat_kaniti',
      arguments: { gonderi: 'TR-5567-0192' },
      result: { foto: false, imza: 'A. Kaya', konum_farki_m: 640 },
    },
    history: [{ daysAgo: 1, seconds: 88, disposition: 'callback_requested', summary: 'Asked where the parcel is.' }],
  },
  {
    slug: 'mehmet',
    name: 'Mehmet Ali Karaoğlu',
    phone: '+905555555555',
    language: 'tr-TR',
    country: 'TR',
    campaign: 'cmp_7d1e40a9c862',
    trigger: 'custom',
    summary:
      'Hasta perşembe 14.30 kanal tedavisi randevusunu öne aldırmak istiyor; dünden beri yüzü şiş ve ateşi 38,4. Penisiline alerjisi olduğunu söyledi. Yapay zekâ ilaç önermedi ve acil değerlendirme için aktardı.',
    fields: { appointment: '2026-03-12T14:30:00+03:00', dentist: 'Dt. Selin Aksoy', allergy: 'penicillin' },
    disposition: 'callback_requested',
    callbackInHours: 1,
    sentiment: 'negative',
    qaScore: 92,
    dialogue: [
      ['ai', 'Merhaba Mehmet Bey, perşembe 14.30 randevunuzu hatırlatmak için arıyorum.'],
      ['customer', 'Ben de sizi arayacaktım. Perşembeye kadar dayanamam, yüzüm şişti.'],
      ['ai', 'Geçmiş olsun. Ateşiniz var mı?'],
      ['customer', 'Akşam ölçtüm, otuz sekiz buçuğa yakın. Antibiyotik alayım mı? Ama penisiline alerjim var.'],
      ['ai', 'İlaç konusunda bir şey söyleyemem; sizi hemen kliniğe aktarayım, bugün görsünler.'],
      ['customer', 'Tamam, bekliyorum. Öğleden sonra gelebilirim.'],
    ],
    tool: {
      after: 3,
      name: 'bos_saatler',
      arguments: { gun: 'bugün', hekim: 'Dt. Selin Aksoy' },
      result: { saatler: ['15:15', '17:40'] },
    },
    history: [{ daysAgo: 21, seconds: 61, disposition: 'interested', summary: 'Booked the root canal for Thursday.' }],
  },
  {
    slug: 'zeynep',
    name: 'Zeynep Öztürk Şahin',
    phone: '+905800000147',
    language: 'tr-TR',
    country: 'TR',
    campaign: 'cmp_c3b8f01d6e25',
    trigger: 'max_duration',
    summary:
      'Müşteri yurt dışından gelen 180 €’luk paketinin gümrük ücretini iki kez ödemiş (dekontlar: 5 ve 6 Mart, 1.240’ar TL). Tek ödemenin iadesini istiyor. Görüşme 8 dakikayı geçtiği için aktarıldı; müşteri sakin.',
    fields: { shipment: 'TR-9920-3381', customs_fee_try: 1240, paid_times: 2 },
    disposition: 'already_paid',
    sentiment: 'neutral',
    qaScore: 81,
    dialogue: [
      ['ai', 'İyi günler, gümrük ücreti bilgilendirmesi için arıyorum.'],
      ['customer', 'Ben onu ödedim. Hatta iki kere ödedim.'],
      ['ai', 'Kontrol ediyorum. Bir ödeme görüyorum, 6 Mart tarihli.'],
      ['customer', 'Beşinde de ödedim, 1.240 lira. Dekontu burada, okuyayım mı numarasını?'],
      ['ai', 'Buyurun, not alıyorum.'],
      ['customer', 'Yetmiş bir, sıfır dört, sekiz sekiz, on iki. Sonundaki iki, on iki.'],
      ['ai', 'Teşekkürler. İade işlemi için sizi muhasebeye bağlamam gerekiyor.'],
      ['customer', 'Olur, beklerim.'],
    ],
    history: [],
  },
];
