import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';
import { NO_SECONDS, useTicking } from '../bridge/clock';
import { useCommand } from '../bridge/use-command';
import { whenWithTime } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import { Button } from './button';
import { Problem } from './problem';

/** That there is a recording, and until when the platform hands it out. Its address goes from main into the clipboard. */
export function Recording({ call, recording }: { call: string; recording: NonNullable<CallView['recording']> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { run, pending, problem } = useCommand('call:copy-recording');
  const { until } = recording;
  const words = useTicking((now) => {
    if (until === undefined) return t('recording.there');
    return until > now ? t('recording.until', { time: whenWithTime(until, now, locale) }) : t('recording.over');
  }, NO_SECONDS);
  return (
    <>
      <p data-testid="recording">{words}</p>
      <Button testId="copy-recording" isPending={pending} onPress={() => run({ call })}>
        {t('recording.copy')}
      </Button>
      <Problem words={problem} />
    </>
  );
}
