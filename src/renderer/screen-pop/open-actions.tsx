import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';
import { STANDARD_KEYS } from '../../shared/lib/keys';
import { useKeys } from '../bridge/keys';
import { useReasonWords } from '../bridge/reason-words';
import { useCommand } from '../bridge/use-command';
import { Banner } from '../components/banner';
import { Button } from '../components/button';
import { useChordWords } from '../components/chord';
import { CopyNumber } from '../components/copy-number';
import { DeclineMenu } from '../components/decline-menu';
import { Icon } from '../components/icon';
import { OpenCrm } from '../components/open-crm';
import { Problem } from '../components/problem';
import styles from './pop-foot.module.css';
import { useClaimKey } from './use-claim-key';

type OpenClaim = Extract<CallView['claim'], { state: 'open' | 'claiming' | 'refused' }>;

/** Claim, decline, copy: while the call is anybody's. */
export function OpenActions({ call, claim }: { call: CallView; claim: OpenClaim }) {
  const { t } = useTranslation();
  const reasonWords = useReasonWords();
  const claimKey = useKeys().claim;
  const key = useChordWords()(claimKey);
  const claiming = useCommand('call:claim');
  const declining = useCommand('call:decline');
  const busy = claim.state === 'claiming' || claiming.pending || declining.pending;
  const take = () => {
    if (!busy) claiming.run({ call: call.call });
  };
  useClaimKey(take);
  // A refusal that main publishes with the call says it already.
  const problem = claim.state === 'refused' ? declining.problem : (claiming.problem ?? declining.problem);
  return (
    <>
      {claim.state === 'refused' && (
        <Banner tone="blocked" icon="alert" testId="pop-refused">
          {t('claim.refused', { message: reasonWords(claim) })}
        </Banner>
      )}
      <div className={styles.actions}>
        <Button kind="primary" wide testId="pop-claim" isPending={busy} onPress={take}>
          {claim.state === 'claiming' || claiming.pending ? t('action.claiming') : t('action.claim')}
          <kbd className={styles.key} title={key} aria-hidden="true">
            {claimKey === STANDARD_KEYS.claim ? <Icon name="enter" /> : key}
          </kbd>
        </Button>
        <DeclineMenu disabled={busy} onDecline={(reason) => declining.run({ call: call.call, reason })} />
        {call.phone !== undefined && <CopyNumber call={call.call} testId="pop-copy" />}
        <OpenCrm call={call.call} testId="pop-crm" />
        <Problem words={problem} />
      </div>
    </>
  );
}
