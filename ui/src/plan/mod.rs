//! What one means to eat in a week: meals by day, what they sum up to, what to buy for them.

mod add;
mod meals;
mod page;

pub(crate) use add::ToPlan;
pub(crate) use page::{PlanPage, Week};
