import type { Words } from './words';

export const hi: Words = {
  open: 'Handover Desk खोलें',
  quit: 'बंद करें',
  practiceCaller: 'अभ्यास: एक कॉलर को आगे भेजें',
  offline: 'कनेक्शन नहीं',
  waiting: (count) => `${count} कॉल प्रतीक्षा में`,
  callerWaits: 'एक कॉलर आपकी प्रतीक्षा कर रहा है',
  callbacksDue: (count) => `${count} कॉल-बैक का समय हो गया`,
  callbackDue: 'कॉल-बैक का समय हुआ',
  callbackWaits: 'एक ग्राहक आपकी कॉल की प्रतीक्षा में है',
  windowFails: 'विंडो नहीं दिखाई जा सकती।',
  windowFailsAbout: 'उसका पेज बार-बार बंद हो गया। आपने जो सहेजा वह सुरक्षित है।',
  tryAgain: 'फिर कोशिश करें',
  state: { available: 'उपलब्ध', busy: 'व्यस्त', wrapup: 'कॉल के बाद का काम', break: 'विराम', offline: 'ऑफ़लाइन' },
  wrapUpThen: (next) => `कॉल के बाद का काम, फिर ${next}`,
  trigger: {
    upset: 'नाराज़ ग्राहक',
    asked_for_person: 'किसी व्यक्ति से बात करना चाहा',
    keyword: 'खास शब्द',
    too_long: 'बहुत लंबी बातचीत',
    compliance: 'नियम-पालन',
    transfer: 'ट्रांसफ़र की गई',
    ringing: 'आने वाली कॉल',
    custom: 'अपना नियम',
    unknown: 'कारण नहीं बताया गया',
  },
};
