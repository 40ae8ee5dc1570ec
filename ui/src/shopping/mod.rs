//! Shopping lists: from a recipe, from the plan, or in one's own words; alone or with others.

mod add;
mod lines;
mod page;

pub(crate) use add::{ToBuy, ToShoppingList};
pub(crate) use lines::{add_up, to_buy};
pub(crate) use page::ShoppingPage;
