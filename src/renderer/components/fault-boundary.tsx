import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button';
import { EmptyState } from './empty-state';

/** A fault in drawing a window never leaves it blank: it says what is safe and how to go on. */
export class FaultBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown) {
    reportError(error);
  }

  override render() {
    return this.state.failed ? <Fault /> : this.props.children;
  }
}

function Fault() {
  const { t } = useTranslation();
  return (
    <EmptyState icon="alert" title={t('app.fault')} about={t('app.fault_safe')} alert>
      <Button onPress={() => location.reload()}>{t('app.reload')}</Button>
    </EmptyState>
  );
}
