import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../shared/contract/views';
import { useReasonWords } from '../../bridge/reason-words';
import { useCommand } from '../../bridge/use-command';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { CopyNumber } from '../../components/copy-number';
import { OpenCrm } from '../../components/open-crm';
import { PhoneNumber } from '../../components/phone-number';
import { Problem } from '../../components/problem';
import styles from './call-actions.module.css';
import type { CallGroupName } from './group-calls';

/** What can be done with this call now. */
export function CallActions({
  call,
  group,
  onTook,
}: {
  call: CallView;
  group: CallGroupName;
  /** The agent says afterwards that they had it; undefined where that is known or out of the question. */
  onTook: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const reasonWords = useReasonWords();
  const claim = useCommand('call:claim');
  const release = useCommand('call:release');
  const id = { call: call.call };
  const over = call.phase === 'ended' || call.phase === 'failed';
  const mine = call.claim.state === 'mine';
  // A call that was heard of late may still go on: whoever picks it up can say so.
  const wanted = group === 'waiting' || call.phase === 'escalated';
  const claimable = !over && !mine && call.claim.state !== 'other' && wanted;
  return (
    <div className={styles.actions}>
      {group === 'missed' && call.phone !== undefined && (
        <div className={styles.callBack} data-testid="call-back">
          <p>{call.late ? t('calls.late_about') : t('calls.call_back_about')}</p>
          <p className={styles.number}>
            <PhoneNumber phone={call.phone} />
          </p>
        </div>
      )}
      {claimable && (
        <Button
          kind="primary"
          testId="detail-claim"
          isPending={claim.pending || call.claim.state === 'claiming'}
          onPress={() => claim.run(id)}
        >
          {claim.pending || call.claim.state === 'claiming' ? t('action.claiming') : t('action.claim')}
        </Button>
      )}
      {onTook !== undefined && (
        <Button testId="detail-took" onPress={onTook}>
          {t('action.took')}
        </Button>
      )}
      {mine && (
        <Badge tone="live" icon="check">
          {t('claim.mine')}
        </Badge>
      )}
      {call.claim.state === 'other' && <Badge icon="person">{t('claim.other', { name: call.claim.name })}</Badge>}
      {call.phone !== undefined && <CopyNumber call={call.call} testId="detail-copy" />}
      <OpenCrm call={call.call} testId="detail-crm" />
      {mine && !over && (
        <Button testId="detail-release" isPending={release.pending} onPress={() => release.run(id)}>
          {t('action.release')}
        </Button>
      )}
      {call.claim.state === 'refused' && <Problem words={t('claim.refused', { message: reasonWords(call.claim) })} />}
      <Problem words={claim.problem ?? release.problem} />
    </div>
  );
}
