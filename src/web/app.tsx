// The desk's screens by address, and what stands above all of them.
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useMessages } from '../ui/messages.tsx';
import { PeopleContext } from '../ui/person.tsx';
import { ErrorState, Loading } from '../ui/state.tsx';
import { type AnswerOf, useCall } from './api.ts';
import { DossierProvider } from './dossier-context.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { MissingScreen } from './missing-screen.tsx';
import { Shell } from './shell.tsx';

const StartScreen = lazy(async () => ({ default: (await import('./start/start-screen.tsx')).StartScreen }));
const SetupScreen = lazy(async () => ({ default: (await import('./start/setup-screen.tsx')).SetupScreen }));
const SignInScreen = lazy(async () => ({
  default: (await import('./start/sign-in-screen.tsx')).SignInScreen,
}));
const ResetScreen = lazy(async () => ({ default: (await import('./start/reset-screen.tsx')).ResetScreen }));
const AccountScreen = lazy(async () => ({
  default: (await import('./account/account-screen.tsx')).AccountScreen,
}));
const DossiersScreen = lazy(async () => ({
  default: (await import('./start/dossiers-screen.tsx')).DossiersScreen,
}));
const OverviewScreen = lazy(async () => ({
  default: (await import('./dossier/overview-screen.tsx')).OverviewScreen,
}));
const SourcesScreen = lazy(async () => ({
  default: (await import('./sources/sources-screen.tsx')).SourcesScreen,
}));
const ReaderScreen = lazy(async () => ({
  default: (await import('./reader/reader-screen.tsx')).ReaderScreen,
}));
const RecordListScreen = lazy(async () => ({
  default: (await import('./records/record-list-screen.tsx')).RecordListScreen,
}));
const RecordScreen = lazy(async () => ({
  default: (await import('./record/record-screen.tsx')).RecordScreen,
}));
const ActorsScreen = lazy(async () => ({
  default: (await import('./actors/actors-screen.tsx')).ActorsScreen,
}));
const DisagreementsScreen = lazy(async () => ({
  default: (await import('./disagreements/disagreements-screen.tsx')).DisagreementsScreen,
}));
const HowManyScreen = lazy(async () => ({
  default: (await import('./how-many/how-many-screen.tsx')).HowManyScreen,
}));
const WhoSaidWhatScreen = lazy(async () => ({
  default: (await import('./said/said-screen.tsx')).WhoSaidWhatScreen,
}));
const RightOfReplyScreen = lazy(async () => ({
  default: (await import('./requests/requests-screen.tsx')).RightOfReplyScreen,
}));
const CommitmentsScreen = lazy(async () => ({
  default: (await import('./commitments/commitments-screen.tsx')).CommitmentsScreen,
}));
const PeopleScreen = lazy(async () => ({
  default: (await import('./people/people-screen.tsx')).PeopleScreen,
}));
const InvitationScreen = lazy(async () => ({
  default: (await import('./start/invitation-screen.tsx')).InvitationScreen,
}));
const HouseScreen = lazy(async () => ({
  default: (await import('./settings/house-screen.tsx')).HouseScreen,
}));
const WitnessesScreen = lazy(async () => ({
  default: (await import('./witnesses/witnesses-screen.tsx')).WitnessesScreen,
}));
const EraseScreen = lazy(async () => ({
  default: (await import('./erase/erase-screen.tsx')).EraseScreen,
}));
const PublishScreen = lazy(async () => ({
  default: (await import('./publish/publish-screen.tsx')).PublishScreen,
}));
const LogScreen = lazy(async () => ({ default: (await import('./log/log-screen.tsx')).LogScreen }));
const SettingsScreen = lazy(async () => ({
  default: (await import('./settings/settings-screen.tsx')).SettingsScreen,
}));

const SeriesScreen = lazy(async () => ({
  default: (await import('./series/series-screen.tsx')).SeriesScreen,
}));

const NOUNS = { statements: 'statement', figures: 'figure', incidents: 'incident' } as const;

/** The whole desk. */
export function App(): ReactNode {
  const session = useCall('GET /session', {});
  const account = session.data?.account ?? null;
  const people = useMemo(() => (account ? { [account.id]: account.name } : {}), [account]);
  const { t } = useMessages();
  return (
    <PeopleContext value={people}>
      <Shell account={account}>
        <ErrorBoundary>
          <Suspense fallback={<Loading />}>
            {session.data ? (
              <Screens session={session.data} />
            ) : session.error ? (
              <ErrorState problem={session.error} retry={() => void session.refetch()} />
            ) : (
              <Loading label={t('desk.state.loading')} />
            )}
          </Suspense>
        </ErrorBoundary>
      </Shell>
    </PeopleContext>
  );
}

function Screens({ session }: { session: AnswerOf<'GET /session'> }): ReactNode {
  const [location] = useLocation();
  const signedIn = session.account !== null;
  const toSignIn = (
    <Redirect
      to={`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`}
      replace
    />
  );
  // The house asks for a second factor first; there is nothing else to be seen before.
  if (session.needs && location !== '/account') return <Redirect to="/account" replace />;
  return (
    <Switch>
      <Route path="/setup">
        <SetupScreen />
      </Route>
      <Route path="/sign-in">
        <SignInScreen signedIn={signedIn} />
      </Route>
      <Route path="/reset">
        <ResetScreen />
      </Route>
      <Route path="/invitation">
        <InvitationScreen account={session.account} />
      </Route>
      <Route path="/house">{signedIn ? <HouseScreen /> : toSignIn}</Route>
      <Route path="/account">
        {signedIn ? <AccountScreen needs={session.needs !== undefined} /> : toSignIn}
      </Route>
      <Route path="/">
        {signedIn ? <DossiersScreen /> : <StartScreen ownerExists={session.ownerExists} />}
      </Route>
      <Route path="/d/:slug/*?">
        {({ slug }) =>
          signedIn ? (
            <DossierProvider key={slug} slug={decodeURIComponent(slug!)}>
              <Rooms />
            </DossierProvider>
          ) : (
            toSignIn
          )
        }
      </Route>
      <Route>
        <MissingScreen />
      </Route>
    </Switch>
  );
}

function Rooms(): ReactNode {
  return (
    <Switch>
      <Route path="/d/:slug">
        <OverviewScreen />
      </Route>
      <Route path="/d/:slug/sources">
        <SourcesScreen />
      </Route>
      <Route path="/d/:slug/sources/:id">
        <ReaderScreen />
      </Route>
      <Route path="/d/:slug/sources/:id/series">
        <SeriesScreen />
      </Route>
      <Route path="/d/:slug/actors">
        <ActorsScreen />
      </Route>
      <Route path="/d/:slug/disagreements/*?">
        <DisagreementsScreen />
      </Route>
      <Route path="/d/:slug/how-many/*?">
        <HowManyScreen />
      </Route>
      <Route path="/d/:slug/who-said-what/*?">
        <WhoSaidWhatScreen />
      </Route>
      <Route path="/d/:slug/right-of-reply/*?">
        <RightOfReplyScreen />
      </Route>
      <Route path="/d/:slug/commitments/*?">
        <CommitmentsScreen />
      </Route>
      <Route path="/d/:slug/witnesses/*?">
        <WitnessesScreen />
      </Route>
      <Route path="/d/:slug/erase/:noun/:id">
        <EraseScreen />
      </Route>
      <Route path="/d/:slug/people">
        <PeopleScreen />
      </Route>
      <Route path="/d/:slug/publish">
        <PublishScreen />
      </Route>
      <Route path="/d/:slug/log">
        <LogScreen />
      </Route>
      <Route path="/d/:slug/settings">
        <SettingsScreen />
      </Route>
      {Object.entries(NOUNS).map(([path, noun]) => (
        <Route key={path} path={`/d/:slug/${path}`}>
          <RecordListScreen key={noun} noun={noun} />
        </Route>
      ))}
      {Object.entries(NOUNS).map(([path, noun]) => (
        <Route key={`${path}-one`} path={`/d/:slug/${path}/:id`}>
          <RecordScreen key={noun} noun={noun} />
        </Route>
      ))}
      <Route>
        <MissingScreen />
      </Route>
    </Switch>
  );
}
