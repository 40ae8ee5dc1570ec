//! The port between interface and core: typed calls, carried by hosts as bytes.
//!
//! [`calls!`] declares each call once. To add one, write a line in `calls.rs`, and implement
//! [`Handle`] for it in the core: until then the dispatcher does not compile.

use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::problem::{Problem, ProblemCode};

/// A call with the type of its reply.
pub trait Call: Serialize + DeserializeOwned {
    /// What the core answers.
    type Reply: Serialize + DeserializeOwned;

    /// The call as one of all commands.
    fn into_command(self) -> crate::calls::Command;
}

/// A value still written as JSON: the core passes on what the server wrote without reading it, which
/// spares the browser's worker a reader and a writer for every record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json<R> {
    text: String,
    value: PhantomData<fn() -> R>,
}

impl<R> Json<R> {
    /// Takes a text that is known to be JSON.
    pub fn written(text: String) -> Self {
        Self { text, value: PhantomData }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, given away.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Writes a value that reads as an `R`.
    ///
    /// # Errors
    /// `Internal` when the value has no JSON, such as a map whose keys are no texts.
    pub fn of(value: &impl Serialize) -> Result<Self, Problem> {
        let text =
            serde_json::to_string(value).map_err(|e| Problem::new(ProblemCode::Internal).with_detail(e.to_string()))?;
        Ok(Self::written(text))
    }
}

/// Embeds the text as it is.
impl<R> Serialize for Json<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.text).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// Takes the text out of JSON without reading it.
impl<'de, R> Deserialize<'de> for Json<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Ok(Self::written(Box::<str>::from(raw).into_string()))
    }
}

impl<R: DeserializeOwned> Json<R> {
    /// Reads the value.
    ///
    /// # Errors
    /// `NotUnderstood` when the text says something else, as a newer server's may.
    pub fn read(&self) -> Result<R, Problem> {
        serde_json::from_str(&self.text)
            .map_err(|e| Problem::new(ProblemCode::NotUnderstood).with_detail(e.to_string()))
    }
}

/// What the core does for a call. Futures need not be `Send`: a host runs the core on one thread.
#[expect(async_fn_in_trait, reason = "hosts poll the core on the thread that owns it")]
pub trait Handle<C: Call> {
    /// Answers the call.
    ///
    /// # Errors
    /// A problem in words for the person, with its code for the program.
    async fn handle(&self, call: C) -> Result<Json<C::Reply>, Problem>;
}

/// Declares calls: a struct each, the enum `Command`, and `dispatch` over all of them.
macro_rules! calls {
    ($( $(#[$meta:meta])* $name:ident { $( $(#[$fmeta:meta])* $field:ident : $ty:ty ),* $(,)? } -> $reply:ty; )+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
            pub struct $name {
                $( $(#[$fmeta])* #[doc = concat!("The call's `", stringify!($field), "`.")] pub $field: $ty, )*
            }

            impl $crate::port::Call for $name {
                type Reply = $reply;
                fn into_command(self) -> Command {
                    Command::$name(self)
                }
            }
        )+

        /// Any call, as hosts carry it: `{NAME: {…its fields}}`.
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub enum Command {
            $( $(#[$meta])* $name($name), )+
        }

        /// Has the core answer a command; the reply as JSON.
        ///
        /// # Errors
        /// The core's problem.
        pub async fn dispatch<H>(core: &H, command: Command) -> Result<String, $crate::problem::Problem>
        where
            H: $( $crate::port::Handle<$name> + )+ ?Sized,
        {
            Ok(match command {
                $( Command::$name(call) => $crate::port::Handle::handle(core, call).await?.into_text(), )+
            })
        }
    };
}
pub(crate) use calls;

/// What a host carries back for a command.
pub type Outcome<R> = Result<R, Problem>;

/// An outcome as hosts carry it: `{"Ok": reply}` or `{"Err": problem}`; the reply is JSON already.
#[must_use]
pub fn written(outcome: Outcome<String>) -> String {
    match outcome {
        Ok(reply) => format!("{{\"Ok\":{reply}}}"),
        Err(problem) => serde_json::json!({ "Err": problem }).to_string(),
    }
}
