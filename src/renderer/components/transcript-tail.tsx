import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';
import { NoTranscript } from './no-transcript';
import { Masked } from './masked';
import { Section } from './section';
import { SinceSummary, Turn } from './turn';

/** The last turns, as they come; or that this platform sends none. */
export function TranscriptTail({
  transcript,
  insteadOfSummary,
  platform,
  privacy,
  limit,
}: {
  transcript: CallView['transcript'];
  /** There is no summary: these are the words shown in its place. */
  insteadOfSummary: boolean;
  platform: string;
  privacy: boolean;
  /** Turns shown, the newest ones. */
  limit: number;
}) {
  const { t } = useTranslation();
  const { turns, offered, since_summary: since } = transcript;
  if (turns.length === 0) {
    return <NoTranscript offered={offered} platform={platform} />;
  }
  const first = Math.max(0, turns.length - limit);
  const lineAt = since === undefined ? undefined : Math.max(first, since);
  const title = insteadOfSummary ? t('summary.turns_instead') : offered ? t('transcript.live') : t('transcript.title');
  return (
    <Section title={title}>
      <Masked on={privacy} label={t('who.masked_turns')}>
        <div role="log" aria-live="off" aria-label={title}>
          {turns.slice(first).map((turn, index) => (
            <Fragment key={turn.key}>
              {first + index === lineAt && <SinceSummary />}
              <Turn turn={turn} />
            </Fragment>
          ))}
        </div>
      </Masked>
    </Section>
  );
}
