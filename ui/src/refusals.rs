//! What went wrong, in words for people: problems and fields come as codes and figures, and no sentence of a program
//! reaches a reader.

use hnh_domain::problem::{FieldCode, FieldError, Problem, ProblemCode};

use crate::format;
use crate::i18n::t;

/// What is wrong with a field, in a sentence.
pub(crate) fn field(error: &FieldError) -> String {
    let (min, max) = (error.min.unwrap_or_default(), error.max.unwrap_or_default());
    match error.code {
        FieldCode::Invalid => t!("field-invalid"),
        FieldCode::Missing | FieldCode::Empty => t!("field-empty"),
        FieldCode::TooShort => t!("field-too-short", min = min),
        FieldCode::TooLong => t!("field-too-long", max = max),
        FieldCode::OutOfRange => t!("field-out-of-range", min = min, max = max),
        FieldCode::TooMany => t!("field-too-many", max = max),
        FieldCode::Unseen => t!("field-unseen"),
        FieldCode::Taken => t!("form-handle-taken"),
        FieldCode::Reserved => t!("field-reserved"),
        FieldCode::Weak => t!("form-password-weak"),
        FieldCode::NotAhead => t!("field-not-ahead"),
        FieldCode::Unknown => t!("field-unknown"),
        FieldCode::Yourself => t!("field-yourself"),
    }
}

/// Why something was refused, in a sentence.
pub(crate) fn words(problem: &Problem) -> String {
    if let Some(error) = problem.errors.first() {
        return field(error);
    }
    match problem.code {
        ProblemCode::Offline | ProblemCode::TooSlow => t!("error-offline"),
        ProblemCode::NotReady => t!("error-not-ready"),
        ProblemCode::NotFound => t!("problem-not-found"),
        ProblemCode::SignInRequired => t!("error-sign-in"),
        ProblemCode::WrongCredentials => t!("form-wrong-credentials"),
        ProblemCode::TooMany => {
            let seconds = problem.retry_after.unwrap_or(60);
            t!("form-too-many", time = format::seconds(seconds))
        }
        ProblemCode::Forbidden => t!("problem-forbidden"),
        ProblemCode::Unreachable => t!("problem-unreachable"),
        ProblemCode::Taken => t!("problem-taken"),
        ProblemCode::Deleted => t!("problem-deleted"),
        ProblemCode::ChangedMeanwhile => t!("problem-changed"),
        ProblemCode::LimitReached => t!("problem-limit"),
        ProblemCode::OwnGathering => t!("problem-own-gathering"),
        ProblemCode::GatheringCancelled => t!("problem-gathering-cancelled"),
        ProblemCode::GatheringBegun => t!("problem-gathering-begun"),
        ProblemCode::GatheringOver => t!("problem-gathering-over"),
        ProblemCode::GatheringNotOver => t!("problem-gathering-not-over"),
        ProblemCode::Declined => t!("meal-declined"),
        ProblemCode::FewerSeats => t!("problem-fewer-seats"),
        ProblemCode::NotTogether => t!("problem-not-together"),
        ProblemCode::TooLarge | ProblemCode::UriTooLong => t!("problem-too-large"),
        ProblemCode::UnsupportedMedia => t!("problem-media"),
        ProblemCode::NoRecipe => t!("import-no-recipe"),
        ProblemCode::PageUnreachable => t!("import-unreachable"),
        ProblemCode::PageRefuses => t!("import-refuses"),
        ProblemCode::InvalidToken => t!("problem-link"),
        ProblemCode::InvalidInput | ProblemCode::InvalidCursor => t!("field-invalid"),
        ProblemCode::Storage => t!("error-storage-text"),
        ProblemCode::NewerData => t!("problem-newer-data"),
        ProblemCode::NotUnderstood => t!("problem-not-understood"),
        ProblemCode::ChangesWaiting => {
            t!("form-changes-waiting", handle = problem.detail.clone().unwrap_or_default())
        }
        ProblemCode::CrossSite | ProblemCode::MethodNotAllowed | ProblemCode::NumberGap | ProblemCode::Internal => {
            t!("error-internal-text")
        }
    }
}
