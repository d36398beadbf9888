/** The businesses the cast has dealings with. Ids are fixed: they are part of a caller's history. */
export interface CampaignCard {
  id: string;
  name: string;
  script: string;
  language: string;
}

export const CAMPAIGNS: readonly CampaignCard[] = [
  { id: 'cmp_8f3a2b1c9d4e', name: 'Personal loans: overdue EMI', script: 'scr_emi_reminder', language: 'hi-IN' },
  { id: 'cmp_51c07ae2b9f4', name: 'Health cover: renewal', script: 'scr_renewal', language: 'en-IN' },
  { id: 'cmp_2e94d7703ba1', name: 'Broadband: complaints line', script: 'scr_broadband_care', language: 'en-IN' },
  { id: 'cmp_c3b8f01d6e25', name: 'Kargo: teslimat bilgilendirme', script: 'scr_kargo', language: 'tr-TR' },
  { id: 'cmp_7d1e40a9c862', name: 'Diş kliniği: randevu hatırlatma', script: 'scr_randevu', language: 'tr-TR' },
  { id: 'cmp_f60b93e7d218', name: 'Furniture: delivery follow-up', script: 'scr_delivery', language: 'en-US' },
  { id: 'cmp_09a5c6e84f7b', name: 'Utilities: payment plans', script: 'scr_payment_plan', language: 'en-US' },
];
