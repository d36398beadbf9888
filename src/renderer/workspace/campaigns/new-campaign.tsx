import { useTranslation } from 'react-i18next';
import type { CampaignDraftView, CampaignsView } from '../../../shared/contract/campaign-views';
import { useRelayReasonWords } from '../../bridge/reason-words';
import { useCommand } from '../../bridge/use-command';
import { BackButton } from '../../components/back-button';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import detail from '../../components/detail.module.css';
import { Problem } from '../../components/problem';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { ImportReport } from '../lists/import-report';
import { ImportState } from '../lists/import-state';
import { BothClocks } from './both-clocks';
import { CampaignFields } from './campaign-form';
import { CampaignPlan } from './campaign-plan';
import { blankCampaign, type TypedCampaign } from './typed-campaign';

type Makers = CampaignsView['makers'];

/** A campaign from a file: what it is, then a dry run that explains every row, then the one request that makes it. */
export function NewCampaign({
  makers,
  draft,
  typed = blankCampaign(makers[0]?.platform ?? ''),
  onTyped,
  onMade,
  onBack,
}: {
  makers: Makers;
  draft: CampaignDraftView | null;
  typed: TypedCampaign | undefined;
  /** Undefined: it was made, and the next one begins blank. */
  onTyped: (typed: TypedCampaign | undefined) => void;
  /** Shows the one that was made. */
  onMade: (campaign: string) => void;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const made = (campaign: string) => {
    onTyped(undefined);
    onMade(campaign);
  };
  return (
    <article className={detail.detail} data-testid="campaign-draft">
      <BackButton onPress={onBack} />
      <h2 className={detail.name}>{t('campaign_new.title')}</h2>
      {draft === null && <CampaignFields makers={makers} typed={typed} onTyped={onTyped} />}
      {draft?.making.state === 'made' && <Made making={draft.making} form={draft.form} onMade={made} />}
      {draft !== null && draft.making.state !== 'made' && <Checked makers={makers} draft={draft} />}
    </article>
  );
}

/** The file on its way, what the dry run found, and the request itself. */
function Checked({ makers, draft: { form, import: file, making } }: { makers: Makers; draft: CampaignDraftView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const create = useCommand('campaigns:create');
  const close = useCommand('campaigns:draft-close');
  const maker = makers.find(({ platform }) => platform === form.platform);
  const report = file?.state === 'checked' ? (file.job?.report ?? null) : null;
  const tooMany = report !== null && maker !== undefined && report.imported > maker.max_contacts;
  const busy = making.state === 'making';
  return (
    <>
      <CampaignPlan form={form} platform={maker?.label ?? form.platform} />
      {file !== null && <ImportState current={file} />}
      {report !== null && <ImportReport report={report} became="accepted" save="campaigns:refused" />}
      <div role="status">
        {report?.imported === 0 && <p>{t('campaign_new.nobody')}</p>}
        {tooMany && (
          <p>
            {t('campaign_new.over_limit', { platform: maker.label, most: wholeNumber(maker.max_contacts, locale) })}
          </p>
        )}
        {busy && <p>{t('campaign_new.making')}</p>}
      </div>
      <Unsure making={making} platform={maker?.label ?? form.platform} />
      <div className={detail.actions}>
        {report !== null && making.state !== 'unclear' && (
          <Button
            kind="primary"
            testId="campaign-create"
            isDisabled={report.imported === 0 || tooMany}
            isPending={busy}
            onPress={() => create.run({ anyway: false })}
          >
            {making.state === 'unanswered'
              ? t('campaign_new.ask_again')
              : t('campaign_new.create', { count: report.imported, n: wholeNumber(report.imported, locale) })}
          </Button>
        )}
        {making.state === 'unclear' && (
          <Button testId="campaign-anyway" onPress={() => create.run({ anyway: true })}>
            {t('campaign_new.anyway')}
          </Button>
        )}
        <Button testId="campaign-change" isDisabled={busy} isPending={close.pending} onPress={() => close.run({})}>
          {making.state === 'unclear' ? t('campaign_new.leave') : t('campaign_new.change')}
        </Button>
        <Problem words={close.problem} />
      </div>
    </>
  );
}

/** What is not known, or did not happen, and what is safe to do about it. */
function Unsure({ making, platform }: { making: CampaignDraftView['making']; platform: string }) {
  const { t } = useTranslation();
  const words = useRelayReasonWords();
  return (
    <div role="alert" data-testid="campaign-unsure">
      {making.state === 'unclear' && (
        <Banner tone="waiting" icon="alert">
          {t('campaign_new.unclear', { platform })}
        </Banner>
      )}
      {making.state === 'unanswered' && (
        <Banner tone="waiting" icon="alert">
          {words(making.reason)} {t('campaign_new.unanswered')}
        </Banner>
      )}
      {making.state === 'refused' && (
        <Banner tone="waiting" icon="alert">
          {making.reason === 'conflict' ? t('campaign_new.stale') : words(making.reason)} {t('campaign_new.refused')}
        </Banner>
      )}
    </div>
  );
}

function Made({
  making: { campaign, sent, left_out: leftOut, starts_at: startsAt },
  form,
  onMade,
}: {
  making: Extract<CampaignDraftView['making'], { state: 'made' }>;
  form: CampaignDraftView['form'];
  onMade: (campaign: string) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const close = useCommand('campaigns:draft-close');
  return (
    <>
      <div className={detail.head} role="status" data-testid="campaign-made">
        <Banner tone="live" icon="check">
          {t('campaign_new.made', { name: form.name, count: sent, n: wholeNumber(sent, locale) })}{' '}
          {leftOut > 0 && t('campaign_new.left_out', { count: leftOut, n: wholeNumber(leftOut, locale) })}
        </Banner>
        {startsAt !== undefined && (
          <p data-testid="campaign-starts-later">
            {t('campaign_new.starts_later')} <BothClocks at={startsAt} zone={form.schedule.zone} />
          </p>
        )}
      </div>
      <div className={detail.actions}>
        <Button
          kind="primary"
          testId="campaign-show"
          isPending={close.pending}
          onPress={() =>
            close.run({}, (ok) => {
              if (ok) onMade(campaign);
            })
          }
        >
          {t('campaign_new.show')}
        </Button>
        <Problem words={close.problem} />
      </div>
    </>
  );
}
