//! What an account rests on: its password, its address, its sessions. All of it is the server's to do, so none of it works offline.

use hnh_domain::account::{Account, Person, Session};
use hnh_domain::calls::{
    AskForReset, CloseMyAccount, EndSession, ListBlocked, ListSessions, ProveEmail, SendVerification, SetNewPassword,
    SetPassword,
};
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::Problem;
use hnh_domain::topic::Topic;
use serde::Serialize;

use crate::store::corrupt_data;
use crate::{Core, Host, Method};

impl<H: Host> Core<H> {
    async fn tell(&self, method: Method, path: &str, form: &impl Serialize) -> Result<Json<()>, Problem> {
        let body = serde_json::to_string(form).map_err(corrupt_data)?;
        self.send(method, path, Some(body)).await?;
        Json::of(&())
    }

    /// Reads one's own account anew: another device, a mailed link, or who runs the server may have changed it.
    pub(crate) async fn refresh_account(&self) -> Result<(), Problem> {
        let Some(known) = self.store().me()? else { return Ok(()) };
        let reply = self.send(Method::Get, "/account", None).await?;
        let account: Account = serde_json::from_str(&reply).map_err(corrupt_data)?;
        if account != known.account && self.store().is_sign_in(known.client)? {
            self.store().keep_account(&account)?;
            self.emit(&[Topic::Account]);
        }
        Ok(())
    }
}

impl<H: Host> Handle<SetPassword> for Core<H> {
    async fn handle(&self, call: SetPassword) -> Result<Json<()>, Problem> {
        self.tell(Method::Put, "/account/password", &call.form).await
    }
}

impl<H: Host> Handle<ListSessions> for Core<H> {
    async fn handle(&self, _call: ListSessions) -> Result<Json<Vec<Session>>, Problem> {
        Ok(Json::written(self.send(Method::Get, "/sessions", None).await?))
    }
}

impl<H: Host> Handle<ListBlocked> for Core<H> {
    async fn handle(&self, _call: ListBlocked) -> Result<Json<Vec<Person>>, Problem> {
        Ok(Json::written(self.send(Method::Get, "/account/blocked", None).await?))
    }
}

impl<H: Host> Handle<EndSession> for Core<H> {
    async fn handle(&self, call: EndSession) -> Result<Json<()>, Problem> {
        self.send(Method::Delete, &format!("/sessions/{}", call.id), None).await?;
        Json::of(&())
    }
}

impl<H: Host> Handle<SendVerification> for Core<H> {
    async fn handle(&self, _call: SendVerification) -> Result<Json<()>, Problem> {
        self.send(Method::Post, "/account/verification", None).await?;
        Json::of(&())
    }
}

impl<H: Host> Handle<ProveEmail> for Core<H> {
    async fn handle(&self, call: ProveEmail) -> Result<Json<()>, Problem> {
        let done = self.tell(Method::Post, "/email-verifications", &call.form).await?;
        // The link may be opened where nobody is signed in, or somebody else is.
        let _ = self.refresh_account().await;
        Ok(done)
    }
}

impl<H: Host> Handle<AskForReset> for Core<H> {
    async fn handle(&self, call: AskForReset) -> Result<Json<()>, Problem> {
        self.tell(Method::Post, "/password-resets", &call.form).await
    }
}

impl<H: Host> Handle<SetNewPassword> for Core<H> {
    async fn handle(&self, call: SetNewPassword) -> Result<Json<()>, Problem> {
        self.tell(Method::Post, "/password-resets/use", &call.form).await
    }
}

impl<H: Host> Handle<CloseMyAccount> for Core<H> {
    async fn handle(&self, call: CloseMyAccount) -> Result<Json<()>, Problem> {
        self.tell(Method::Post, "/account/close", &call.form).await?;
        self.leave()?;
        Json::of(&())
    }
}
