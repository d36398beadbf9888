import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../shared/contract/views';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { Differences } from './differences';
import { OutcomeForm } from './outcome-form-fields';
import styles from './outcome-panel.module.css';
import { OutcomeTrail } from './outcome-trail';
import { StorageWarning } from './storage-warning';
import { isTouched } from './outcome-form';
import { useOutcome } from './use-outcome';
import { WrapUpBar } from './wrap-up-bar';

/** How the call ended, in the agent's words: the form while it is open, the decision and its way once it is made. */
export function OutcomePanel({ call }: { call: CallView }) {
  const { t } = useTranslation();
  const state = useOutcome(call.call);
  const [correcting, setCorrecting] = useState(false);
  if (state.state === 'loading') return <EmptyState icon="hourglass" title={t('outcome.loading')} />;
  if (state.state === 'unread') {
    return <EmptyState icon="alert" title={t('outcome.unread')} about={t('outcome.unread_safe')} alert />;
  }
  const { view, form, edit, saved, unkept } = state;
  const open = view.trail.length === 0 || correcting || isTouched(form);
  return (
    <section className={styles.panel} aria-label={t('outcome.title')} data-testid="outcome">
      {view.wrap_up !== null && <WrapUpBar wrapUp={view.wrap_up} />}
      <StorageWarning storage={view.storage} />
      {unkept && (
        <Banner tone="blocked" icon="alert">
          {t('outcome.unkept')}
        </Banner>
      )}
      {open && (
        <OutcomeForm
          call={call}
          view={view}
          form={form}
          onEdit={edit}
          onSaved={() => {
            setCorrecting(false);
            saved();
          }}
        />
      )}
      <Differences differences={view.differences} tree={view.dispositions} platform={call.platform_label} />
      {view.trail.length > 0 && (
        <OutcomeTrail trail={view.trail} tree={view.dispositions} platform={call.platform_label} />
      )}
      {!open && (
        <div>
          <Button onPress={() => setCorrecting(true)}>{t('outcome.correct')}</Button>
        </div>
      )}
    </section>
  );
}
