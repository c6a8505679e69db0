//! Attacks and their outcomes: a peer that follows no rule, on the real wire, against nodes as they ship.
//!
//! The puppet (`puppet.rs`) has keys, certificates and statements like anybody's, and speaks the frames of `ybz_sync::wire` over
//! the real transport on loopback, without the machine that minds its manners. After each attack the victim's books, lists
//! and offices are what they were, the doctor finds nothing, and an honest village delivers, turns green and is read.
//!
//! | Attack | Outcome | Test |
//! |---|---|---|
//! | actor bound to nobody | waits aside, in no book, no receipt | `changes::an_actor_that_nobody_is_bound_to_…` |
//! | another device's actor, its forged signature | waits aside; `attestation` | `changes::a_colleagues_actor_…` |
//! | attestation for another book, another nonce | `not_bound`; covers nothing | `changes::an_attestation_for_another_book_…` |
//! | batch replayed | known, nothing changes | `changes::a_replayed_batch_…` |
//! | two changes with one (actor, seq) | the second `equivocation`, kept as proof | `changes::the_second_of_two_changes_…` |
//! | gap in a chain; previous change not built on | `chain` | `changes::a_chain_that_leaves_a_number_out_…` |
//! | dependency that never comes | asked for once, stays out | `changes::a_change_on_something_…` |
//! | `start_op` at the ceiling and above it | `start_op`, `quota` | `changes::operation_numbers_at_the_ceiling_…` |
//! | operation on an absent object | accepted, held, nobody crashes | `changes::an_operation_on_an_object_…` |
//! | compressed and garbled chunks | `malformed`, not inflated | `changes::compressed_and_garbled_chunks_…` |
//! | length of 4 GiB, or above what may come | session ends by the header | `wire::a_length_of_four_gigabytes_…` |
//! | frame that inflates 256 times its bound | session ends, nothing judged | `wire::a_frame_that_inflates_…` |
//! | garbage after a valid hello | that session ends | `wire::garbage_after_a_valid_hello_…` |
//! | frames out of turn, more changes than fit | session ends | `wire::frames_out_of_turn_…` |
//! | 10,000 books announced; as many as may | session ends; passed over | `wire::ten_thousand_announced_books_…` |
//! | half-open sessions, readers that take nothing | others deliver | `wire::half_open_sessions_…` |
//! | reader that takes nothing of a long delivery | no more waits than may | `slow::to_a_reader_…` in `crates/sync` |
//! | books by guessed ids | session ends, nothing sent | `wire::books_asked_for_by_guessed_ids_…` |
//! | certificates of another tree | the one refusal | `certificates::certificates_of_another_tree_…` |
//! | self-signed keeper of a known office | the one refusal | `certificates::a_self_signed_keeper_…` |
//! | certificate for an office that is not the issuer's | void, the one refusal | `certificates::a_branch_keeper_certifies_…` |
//! | clerks and viewers that certify | void, the one refusal | `certificates::a_clerk_and_a_viewer_…` |
//! | viewer that writes | `not_authorised` | `certificates::what_a_viewer_writes_…` |
//! | removed device that comes back | refused for ever; what the cut names stands | `certificates::a_removed_device_…` |
//! | forked issuance log | issuer suspended from there on, proof kept | `certificates::a_keeper_whose_log_forks_…` |
//! | branch that writes `down/` | `not_authorised` | `certificates::a_branch_that_writes_into_…` |
//! | sibling that claims every book of another | listed none, dropped unread | `certificates::a_sibling_is_listed_…` |
//! | superior that enrols itself and a friend | no `own/` book, no household key | `superior::a_superior_that_enrols_itself_…` |
//! | superior that writes a branch's ledgers | `not_authorised` | `superior::what_a_superior_writes_…` |
//! | ticket used twice | the one refusal | `tickets::a_ticket_that_gave_a_place_…` |
//! | ticket altered | the one refusal; `ticket_invalid` as typed | `tickets::an_altered_ticket_…` |
//! | ticket expired | the one refusal, by the issuer's clock | `tickets::an_expired_ticket_…` |
//! | ticket photographed | only the digits that were compared open | `tickets::of_two_who_hold_…` |
//! | disk cloned | another life, no work lost, no number twice | `disks::a_cloned_disk_…` |
//! | hub put back from a backup | delivered to again | `disks::a_hub_put_back_…` |
//! | hub of another life, lower counter | no green survives | `disks::no_green_survives_…` |

mod certificates;
mod changes;
mod deliver;
mod disks;
mod forge;
mod puppet;
mod superior;
mod tickets;
mod wire;
mod world;
