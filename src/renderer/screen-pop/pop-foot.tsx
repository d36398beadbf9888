import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';
import { send, useDesk } from '../bridge/desk';
import { Banner } from '../components/banner';
import { Button } from '../components/button';
import { CopyNumber } from '../components/copy-number';
import { OpenCrm } from '../components/open-crm';
import { OpenActions } from './open-actions';
import styles from './pop-foot.module.css';

/** What can be done now: it depends on who has the call and whether it still exists. */
export function PopFoot({ call }: { call: CallView }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const over = call.phase === 'ended' || call.phase === 'failed';
  // Reports its own fault and never rejects.
  const close = () => void send(desk, 'pop:dismiss', { call: call.call });
  if (call.claim.state === 'other') {
    return (
      <Banner
        tone="neutral"
        icon="person"
        action={<Button onPress={close}>{t('action.close')}</Button>}
        testId="pop-taken"
      >
        {t('claim.other', { name: call.claim.name })}
      </Banner>
    );
  }
  if (over && call.claim.state !== 'mine') {
    return (
      <Banner tone="neutral" icon="info" action={<Button onPress={close}>{t('action.close')}</Button>}>
        {t('claim.ended')}
      </Banner>
    );
  }
  if (call.claim.state === 'mine') return <MineActions call={call} />;
  return <OpenActions key={call.call} call={call} claim={call.claim} />;
}

function MineActions({ call }: { call: CallView }) {
  const { t } = useTranslation();
  const desk = useDesk();
  return (
    <>
      <Banner tone="live" icon="check" testId="pop-mine">
        {t('claim.mine')}
      </Banner>
      <div className={styles.actions}>
        {/* Reports its own fault and never rejects. */}
        <Button kind="primary" wide onPress={() => void send(desk, 'call:open', { call: call.call })}>
          {t('action.open')}
        </Button>
        {call.phone !== undefined && <CopyNumber call={call.call} />}
        <OpenCrm call={call.call} testId="pop-crm" />
      </div>
    </>
  );
}
