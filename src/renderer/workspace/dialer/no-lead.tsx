import { useTranslation } from 'react-i18next';
import type { PreviewView } from '../../../shared/contract/dialer-views';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { useRelayReasonWords } from '../../bridge/reason-words';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { Problem } from '../../components/problem';
import { whenWithTime } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { useKey } from '../keys/use-key';

/** No lead is open: what can be done, or why there is none and when there will be. */
export function NoLead({ preview }: { preview: Exclude<PreviewView, { state: 'open' }> }) {
  const { t } = useTranslation();
  const words = useRelayReasonWords();
  switch (preview.state) {
    case 'none':
      return (
        <EmptyState icon="dialer" title={t('dialer.none')} about={t('dialer.none_about')}>
          <NextLead primary />
        </EmptyState>
      );
    case 'asking':
      return <EmptyState icon="hourglass" title={t('dialer.asking')} />;
    case 'failed':
      return (
        <EmptyState icon="alert" title={t('dialer.failed')} about={words(preview.reason)} alert>
          <NextLead />
        </EmptyState>
      );
    case 'nothing':
      return <Nothing why={preview.why} nextAt={preview.next_at} />;
  }
}

function Nothing({
  why,
  nextAt,
}: {
  why: Extract<PreviewView, { state: 'nothing' }>['why'];
  nextAt: number | undefined;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const time = useTicking((now) => (nextAt === undefined ? '' : whenWithTime(nextAt, now, locale)), NO_SECONDS);
  const timed = why === 'later' && nextAt !== undefined;
  return (
    <EmptyState
      icon={why === 'later' || why === 'sorting' ? 'clock' : 'dialer'}
      title={timed ? t('dialer.nothing_until', { time }) : t(`dialer.nothing_${why}`)}
      about={timed ? t('dialer.nothing_until_about') : t(`dialer.nothing_${why}_about`)}
    >
      {why !== 'sorting' && <NextLead />}
    </EmptyState>
  );
}

/** Asks for the next lead; a key does, too. */
export function NextLead({ primary = false }: { primary?: boolean }) {
  const { t } = useTranslation();
  const { run, pending, problem } = useCommand('dialer:next');
  const next = () => {
    if (!pending) run({});
  };
  useKey('next', next);
  return (
    <>
      <Button kind={primary ? 'primary' : 'quiet'} testId="dialer-next" isPending={pending} onPress={next}>
        {t('dialer.next')}
      </Button>
      <Problem words={problem} />
    </>
  );
}
