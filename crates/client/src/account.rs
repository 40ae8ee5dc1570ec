//! Who is signed in, and the ways in and out.

use hnh_domain::account::{Account, AccountChange, FavouriteKind, Handle as PersonHandle, Profile, SignedIn};
use hnh_domain::calls::{GetAccount, GetProfile, SignIn, SignOut, SignUp};
use hnh_domain::feeds::Change;
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use rusqlite::{OptionalExtension, Transaction, params};
use serde::Serialize;
use uuid::Uuid;

use crate::store::{Kind, Store, corrupt_data, storage_error};
use crate::{Core, Host, Method, Request};

/// Who is signed in on this device.
pub(crate) struct SignedInHere {
    pub(crate) account: Account,
    /// This sign-in's id among the server's clients.
    pub(crate) client: Uuid,
}

impl Store {
    /// Who is signed in.
    pub(crate) fn me(&self) -> Result<Option<SignedInHere>, Problem> {
        let found: Option<(String, String)> = self
            .connection
            .query_row("SELECT account, client FROM me", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .map_err(storage_error)?;
        let Some((account, client)) = found else { return Ok(None) };
        let account = serde_json::from_str(&account).map_err(corrupt_data)?;
        Ok(Some(SignedInHere { account, client: client.parse().map_err(storage_error)? }))
    }

    /// Whether a sign-in is still the one here.
    pub(crate) fn is_sign_in(&self, client: Uuid) -> Result<bool, Problem> {
        Ok(self.me()?.is_some_and(|me| me.client == client))
    }

    /// The session's token, where the database keeps it.
    pub(crate) fn token(&self) -> Result<Option<String>, Problem> {
        let found = self.connection.query_row("SELECT token FROM me", [], |row| row.get(0)).optional();
        Ok(found.map_err(storage_error)?.flatten())
    }

    fn sign_in(&mut self, account: &Account, token: Option<&str>, client: Uuid, now_ms: i64) -> Result<(), Problem> {
        let account = serde_json::to_string(account).map_err(corrupt_data)?;
        let before = self.me()?.is_some();
        let tx = self.connection.transaction().map_err(storage_error)?;
        tx.execute(
            // The same person again, after a session that ended, goes on with the same numbers.
            "INSERT INTO me (one, account, client, token, sent) VALUES (1, ?1, ?2, ?3, 0)
             ON CONFLICT (one) DO UPDATE SET account = excluded.account, token = excluded.token",
            params![account, client.to_string(), token],
        )
        .map_err(storage_error)?;
        // Favourites from before signing in become the person's. After a session that ended they are theirs already, and
        // what another device took out meanwhile must not come back.
        if !before {
            submit_favourites(&tx, now_ms)?;
        }
        tx.commit().map_err(storage_error)
    }

    /// Keeps the account as the server has it now.
    pub(crate) fn keep_account(&self, account: &Account) -> Result<(), Problem> {
        let json = serde_json::to_string(account).map_err(corrupt_data)?;
        self.connection.execute("UPDATE me SET account = ?1", [json]).map(drop).map_err(storage_error)
    }

    /// Removes all that is a person's from the device; the interface's settings stay.
    fn forget_person(&mut self) -> Result<(), Problem> {
        self.connection
            .execute_batch(
                "BEGIN; DELETE FROM me; DELETE FROM outbox; DELETE FROM feed; DELETE FROM item; DELETE FROM record;
                 DELETE FROM answer; DELETE FROM wanted; DELETE FROM sent_to; DELETE FROM photo; COMMIT; VACUUM;",
            )
            .map_err(storage_error)
    }
}

/// Leaves the favourites of the device to be sent.
pub(crate) fn submit_favourites(tx: &Transaction<'_>, now_ms: i64) -> Result<(), Problem> {
    let favourites: Vec<(String, String)> = {
        let sql = "SELECT kind, id FROM record WHERE kept_ms IS NOT NULL AND kind <> 'food' ORDER BY kept_ms";
        let mut statement = tx.prepare(sql).map_err(storage_error)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)?
    };
    for (kind, id) in favourites {
        let kind = if kind == Kind::Place.code() { FavouriteKind::Place } else { FavouriteKind::Recipe };
        let change = AccountChange::SetFavourite { kind, id: id.parse().map_err(storage_error)?, on: true };
        let json = serde_json::to_string(&Change::from(change)).map_err(corrupt_data)?;
        tx.execute("INSERT INTO outbox (change, made_ms) VALUES (?1, ?2)", params![json, now_ms])
            .map_err(storage_error)?;
    }
    Ok(())
}

impl<H: Host> Core<H> {
    /// Asks for a session with a form, and takes the person in.
    async fn enter(&self, path: &str, form: &impl Serialize) -> Result<Json<Account>, Problem> {
        let body = serde_json::to_string(form).map_err(corrupt_data)?;
        let reply = self.send(Method::Post, path, Some(body)).await?;
        let signed_in: SignedIn = serde_json::from_str(&reply).map_err(corrupt_data)?;
        let other = self.store().me()?.filter(|me| me.account.id != signed_in.account.id);
        if let Some(other) = other {
            if self.store().count_pending()? > 0 {
                self.give_back(signed_in.token).await;
                return Err(Problem::new(ProblemCode::ChangesWaiting).with_detail(other.account.handle));
            }
            // On a device that was never signed out, another person begins empty.
            self.store().forget_person()?;
        }
        let token = signed_in.token.as_deref().filter(|token| !self.host.keep_token(Some(token)));
        self.store().sign_in(&signed_in.account, token, self.new_id(), self.host.now_ms())?;
        self.set_session_over(false);
        self.begin_anew();
        self.emit(&[Topic::Account, Topic::Sync, Topic::Favourites]);
        Json::of(&signed_in.account)
    }

    /// Ends a session that was opened in vain; one that cannot be ended now ends by itself.
    async fn give_back(&self, token: Option<String>) {
        let (path, body) = ("/sessions/current".into(), None);
        let _ = self.host.send(Request { method: Method::Delete, path, body, token }).await;
    }

    /// Leaves nothing of the person on the device.
    pub(crate) fn leave(&self) -> Result<(), Problem> {
        self.store().forget_person()?;
        self.host.keep_token(None);
        self.set_session_over(false);
        self.begin_anew();
        self.emit(&[
            Topic::Account,
            Topic::Sync,
            Topic::Favourites,
            Topic::Board,
            Topic::Notices,
            Topic::Rooms,
            Topic::Cookbook,
            Topic::MealPlan,
            Topic::Shopping,
        ]);
        Ok(())
    }

    /// The socket was somebody else's, and there is something to fetch.
    fn begin_anew(&self) {
        self.hang_up.set(true);
        self.attend.notify_one();
        self.wake();
    }
}

impl<H: Host> Handle<GetAccount> for Core<H> {
    async fn handle(&self, _call: GetAccount) -> Result<Json<Option<Account>>, Problem> {
        Json::of(&self.store().me()?.map(|me| me.account))
    }
}

impl<H: Host> Handle<SignUp> for Core<H> {
    async fn handle(&self, mut call: SignUp) -> Result<Json<Account>, Problem> {
        call.form.token = !H::COOKIES;
        self.enter("/accounts", &call.form).await
    }
}

impl<H: Host> Handle<SignIn> for Core<H> {
    async fn handle(&self, mut call: SignIn) -> Result<Json<Account>, Problem> {
        call.form.token = !H::COOKIES;
        self.enter("/sessions", &call.form).await
    }
}

impl<H: Host> Handle<SignOut> for Core<H> {
    async fn handle(&self, call: SignOut) -> Result<Json<()>, Problem> {
        if !call.discard {
            // Offline, refused or without a session, what is left is for the person to decide.
            if !self.session_over.get() {
                let _ = self.send_photos().await;
                let _ = self.push().await;
            }
            if self.store().count_pending()? > 0 {
                return Err(Problem::new(ProblemCode::ChangesWaiting));
            }
        }
        let path = if call.everywhere { "/sessions" } else { "/sessions/current" };
        match self.send(Method::Delete, path, None).await {
            Ok(_) => {}
            // The session is over already.
            Err(problem) if problem.code == ProblemCode::SignInRequired => {}
            // A device that is given away offline must be empty all the same; a cookie it cannot remove.
            Err(problem) if problem.code == ProblemCode::Offline && !call.everywhere && !H::COOKIES => {}
            Err(problem) => return Err(problem),
        }
        self.leave()?;
        Json::of(&())
    }
}

impl<H: Host> Handle<GetProfile> for Core<H> {
    async fn handle(&self, call: GetProfile) -> Result<Json<Profile>, Problem> {
        let handle: PersonHandle = call.handle.parse()?;
        self.ask(&format!("/people/{handle}")).await
    }
}
