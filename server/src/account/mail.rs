//! Mails: by SMTP where it is configured, else to the log, for development.

use hnh_domain::account::Email;
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// Sends mails in the background, so that how long a reply takes says nothing of an address.
pub struct Mailer {
    transport: Option<AsyncSmtpTransport<Tokio1Executor>>,
    from: Mailbox,
    /// Where the app is served, for links: `https://hnh.example`, without a slash at the end.
    pub(crate) public_url: String,
}

impl Mailer {
    /// Sends through `smtp`, such as `smtps://user:password@mail.example`; without it, mails go to the log.
    ///
    /// # Errors
    /// When the URL or the sender's address cannot be read.
    pub fn new(smtp: Option<&str>, from: &str, public_url: &str) -> anyhow::Result<Self> {
        let transport = smtp.map(AsyncSmtpTransport::<Tokio1Executor>::from_url).transpose()?;
        let public_url = public_url.trim_end_matches('/').to_owned();
        Ok(Self { transport: transport.map(|builder| builder.build()), from: from.parse()?, public_url })
    }

    /// Sends a mail of plain text.
    pub(super) fn send(&self, to: &Email, subject: &str, body: String) {
        let Some(transport) = self.transport.clone() else {
            tracing::info!(%to, subject, "mail (no HNH_SMTP_URL is set):\n{body}");
            return;
        };
        let message = to.as_str().parse().map_err(anyhow::Error::from).and_then(|to| {
            Ok(Message::builder().from(self.from.clone()).to(Mailbox::new(None, to)).subject(subject).body(body)?)
        });
        match message {
            Ok(message) => {
                _ = tokio::spawn(async move {
                    if let Err(error) = transport.send(message).await {
                        tracing::error!(%error, "a mail could not be sent");
                    }
                })
            }
            Err(error) => tracing::error!(%error, "a mail could not be written"),
        }
    }
}
