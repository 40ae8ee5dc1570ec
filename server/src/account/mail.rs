//! Mails: by SMTP where it is configured, else to the log, for development.

use hnh_domain::account::Email;
use hnh_domain::text::Lang;
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// What a mail is about.
pub(super) enum Letter<'a> {
    /// Proves an address.
    Verify { token: &'a str },
    /// Sets a new password.
    Reset { handle: &'a str, token: &'a str },
}

impl Letter<'_> {
    /// Subject and text; `url` is where the app is served.
    fn words(&self, lang: Lang, url: &str) -> (&'static str, String) {
        match (self, lang) {
            (Self::Verify { token }, Lang::Ko) => (
                "[HnH] 이메일을 인증해 주세요",
                format!(
                    "가입해 주셔서 고마워요. 아래 링크를 누르면 이메일 인증이 끝나요.\n\n{url}/verify?token={token}\n\n\
                     링크는 7일 동안 쓸 수 있어요. 가입한 적이 없다면 이 메일은 무시해 주세요.\n"
                ),
            ),
            (Self::Verify { token }, Lang::En) => (
                "[HnH] Confirm your email",
                format!(
                    "Thanks for joining HnH. Follow this link to confirm your email:\n\n{url}/verify?token={token}\n\n\
                     It works for 7 days. If you didn’t sign up, ignore this email.\n"
                ),
            ),
            (Self::Reset { handle, token }, Lang::Ko) => (
                "[HnH] 비밀번호를 다시 정해 주세요",
                format!(
                    "{handle}님, 아래 링크에서 새 비밀번호를 정해 주세요.\n\n{url}/reset?token={token}\n\n\
                     링크는 1시간 동안 쓸 수 있어요. 요청한 적이 없다면 무시해 주세요. 비밀번호는 바뀌지 않아요.\n"
                ),
            ),
            (Self::Reset { handle, token }, Lang::En) => (
                "[HnH] Reset your password",
                format!(
                    "Hi {handle}, set a new password here:\n\n{url}/reset?token={token}\n\n\
                     The link works for 1 hour. If you didn’t ask for this, ignore this email. Your password stays the \
                     same.\n"
                ),
            ),
        }
    }
}

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

    /// Sends a mail of plain text in the person's language.
    pub(super) fn send(&self, to: &Email, lang: Lang, letter: &Letter<'_>) {
        let (subject, body) = letter.words(lang, &self.public_url);
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
