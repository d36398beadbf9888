import { useTranslation } from 'react-i18next';
import type { JoinView } from '../../../shared/contract/joining';
import { TeamForm } from '../settings/team-form';
import { ConfirmJoin } from './confirm-join';
import { InviteForm } from './invite-form';
import styles from './join-team.module.css';

/** By invite, or with address and token. Nothing is sent before the person has seen whose relay it is. */
export function JoinTeam({ invite, onRead, onJoined }: { invite: JoinView; onRead: () => void; onJoined: () => void }) {
  const { t } = useTranslation();
  if (invite.host !== null) {
    return <ConfirmJoin host={invite.host} memberOf={invite.member_of} onRead={onRead} onJoined={onJoined} />;
  }
  return (
    <div className={styles.ways}>
      <InviteForm onRead={onRead} />
      <p className={styles.or}>{t('join.or')}</p>
      <TeamForm relay="" onJoined={onJoined} />
    </div>
  );
}
