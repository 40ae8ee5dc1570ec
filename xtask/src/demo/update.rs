//! A rolling update under load, and a bad image that is taken back.

use anyhow::{Result, ensure};

use super::stack::Stack;
use super::{finish, load, writers};

pub(super) fn run() -> Result<()> {
    let mut stack = Stack::start(3, false)?;
    let mut readers = load(&stack.url());
    readers.args(["requests", "--phases", "35:20"]);
    let writers = writers(&stack, 30)?;
    let readers = readers.spawn()?;
    for number in 0..stack.pods.len() {
        stack.replace(number)?;
        println!("    server {} of {} is replaced", number + 1, stack.pods.len());
    }
    let before = stack.pods.len();
    let refused = stack.add_bad();
    ensure!(refused.is_err() && stack.pods.len() == before, "a server of a bad image got people");
    println!("    a bad image does not get ready and is taken back; the servers before it go on");
    // Both say by themselves what failed or was lost.
    let (readers, writers) = (finish("the readers", readers), finish("the writers", writers));
    readers.and(writers)
}
