//! How an entry of the table is run, by the word that stands in it.

macro_rules! run {
    (books, $input:ty, $call:expr) => {
        Run::Books(|cx, input| answer(($call)(cx, parse::<$input>(input)?)))
    };
    (plain, $input:ty, $call:expr) => {
        Run::Books(|cx, input| parse::<$input>(input).and_then(|_| answer(($call)(cx))))
    };
    (node, $input:ty, $call:expr) => {
        Run::Node(|node, input| answer(($call)(node, parse::<$input>(input)?)))
    };
    (seat, $input:ty, $call:expr) => {
        Run::Seat(|node, seat, input| answer(($call)(node, seat, parse::<$input>(input)?)))
    };
    (later, $input:ty, $call:expr) => {
        Run::Later(|node, office, input| run!(waits node, office, input, $input, $call))
    };
    (later_node, $input:ty, $call:expr) => {
        Run::LaterNode(|node, office, input| run!(waits node, office, input, $input, $call))
    };
    (waits $node:ident, $office:ident, $given:ident, $input:ty, $call:expr) => {
        Box::pin(async move { answer(($call)($node, $office, parse::<$input>($given)?).await) })
    };
}
