//! A sentence for each error code, in Chinese and in English: which thing, why, what to do. `{name}` stands for a value.

mod back;
mod body;
mod flow;

/// Both sentences of a code.
pub(crate) fn sentences(code: &str) -> Option<(&'static str, &'static str)> {
    all().find(|(known, ..)| *known == code).map(|(_, chinese, english)| (*chinese, *english))
}

fn all() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
    SENTENCES.iter().chain(back::SENTENCES).chain(body::SENTENCES).chain(flow::SENTENCES)
}

/// Puts values into a sentence.
pub(crate) fn fill(sentence: &str, params: &std::collections::BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}') {
            Some((name, after)) => {
                out.push_str(params.get(name).map_or("?", String::as_str));
                rest = after;
            }
            None => rest = after,
        }
    }
    out.push_str(rest);
    out
}

#[rustfmt::skip]
const SENTENCES: &[(&str, &str, &str)] = &[
    // The directory and its key.
    ("not_initialised", "这个文件夹里还没有账本。先运行 ybz init 或 ybz join。", "There are no books in this folder. Run `ybz init` or `ybz join` first."),
    ("already_initialised", "这里已经建过账,不能再建一次。请换一个 --data 文件夹。", "There are books here already. Use another --data folder."),
    ("directory_in_use", "账本正被另一个程序使用。请关掉窗口或停掉 ybz serve,再试。", "Another program uses these books. Close the window or stop `ybz serve`, and try again."),
    ("wrong_key", "打不开:钥匙不对。请用建账时的 --key-file,或用原来的用户登录。", "Cannot be opened: wrong key. Use the --key-file of the day the books were made, or log in as the same user."),
    ("key_missing", "没有找到钥匙({file})。没有它谁也打不开账本。请把 --key-file 或 YBZ_KEY_FILE 指到原来的钥匙文件。", "The key was not found ({file}), and nobody opens the books without it. Point --key-file or YBZ_KEY_FILE to the original one."),
    ("key_unreadable", "钥匙读不出来({file})。应是 64 位十六进制数。", "The key cannot be read ({file}). It is 64 hexadecimal digits."),
    ("keychain_unavailable", "系统钥匙串用不了。请用 --key-file FILE 指定钥匙文件(没有会新建)。", "The system's keychain cannot be used. Name a key file with --key-file FILE; a new directory gets a new one."),
    ("not_a_database", "账本文件已损坏,打不开。请用备份恢复。", "The books' file is damaged. Restore a backup."),
    ("newer_schema", "账本是更新版本的程序写的。请先升级 ybz。", "A newer program wrote these books. Update ybz first."),
    ("disk_full", "硬盘已满,没有存上。请清出空间后再试。", "The disk is full; nothing was saved. Free some space and try again."),
    // Passphrases, sheets and backups.
    ("passphrase_needed", "账本用口令锁着。请输入口令,或用 --passphrase-file 指定写有口令的文件。", "A passphrase keeps the key of these books. Type it, or name a file with --passphrase-file."),
    ("passphrase_short", "口令太短,至少 {min} 个字符。可以用一句话。", "The passphrase is too short; at least {min} characters. A sentence will do."),
    ("passphrases_differ", "两次输入的口令不一样。请再来一次。", "The two passphrases differ. Try again."),
    ("wrong_passphrase", "口令不对。什么都没有改。忘了就用恢复纸:ybz key recover。", "Wrong passphrase; nothing was changed. If it is forgotten, use the recovery sheet: `ybz key recover`."),
    ("no_passphrase", "这里没有设口令。请用钥匙文件、钥匙串或恢复纸。", "No passphrase was set here. Use the key file, the keychain or the recovery sheet."),
    ("words_wrong", "恢复词打不开。请对照纸上的 24 个词一个一个核对;每张恢复纸只管它那天以后、下一张以前的账本和备份。", "The words do not open it. Compare all 24 with the paper; a sheet opens books and backups from its day until the next sheet."),
    ("no_sheet", "没有做过恢复纸。只有口令或系统保管的钥匙能打开。", "No recovery sheet was made. Only the passphrase or the system's key opens it."),
    ("books_are_open", "账本正开着,这件事要在关着时做。请先关掉程序,再运行 ybz restore 或 ybz key recover。", "The books are open, and this is done while they are closed. Stop the program, then run `ybz restore` or `ybz key recover`."),
    ("restored_not_approved", "这些账是从备份恢复的,这台设备还没有得到批准,现在只能看。请上级或本单位另一台电脑发一张设备邀请,加入后再写。", "These books were restored, and nobody has let this device in yet: it may only read. Take a device ticket of the superior or of another device of the office."),
    ("private_locked", "恢复备份以后,住户和私密记录暂时锁着:先和上级或本单位另一台电脑同步一次,删过的才不会再现。", "Since the restore, households and private records are locked: sync once with the superior or another device of the office first, so that nothing erased comes back."),
    ("backup_folder_missing", "备份文件夹 {folder} 不在。请插上 U 盘,或换一个文件夹。", "The backup folder {folder} is not there. Put the stick in, or choose another folder."),
    ("folder_not_absolute", "请写完整的文件夹路径。", "Write the whole path of the folder."),
    ("not_a_backup", "{file} 不是备份文件。请选 .ybzbackup 文件。", "{file} is no backup. Choose a .ybzbackup file."),
    ("backup_damaged", "备份 {file} 不完整或被改过,没有用它。请换一份备份。", "The backup {file} is cut short or altered and was not used. Take another one."),
    ("backup_newer", "备份是更新版本的程序做的。请先升级。", "A newer program made the backup. Update first."),
    ("backup_of_another", "这把钥匙打不开这份备份:它是别的账本的,或是换钥匙以前做的。", "The key does not open this backup: it is of other books, or of a time before the key was changed."),
    ("directory_not_empty", "文件夹 {folder} 里已有东西,没有动它。请换一个空文件夹。", "The folder {folder} is not empty and was not touched. Use an empty one."),
    // Months, decisions and closed periods.
    ("month_to_come", "{month} 还没有开始。", "{month} has not begun."),
    ("month_submitted", "{month} 已经提交。要改先撤回,或等上级退回。", "{month} is submitted. Withdraw it first, or wait until it is returned."),
    ("decision_late", "这一份已有别的决定(现在:{state}),请重新打开看。", "Something else was decided meanwhile (now: {state}). Open it again."),
    ("nothing_to_explain", "与已接收的没有出入,不用说明。", "Nothing differs from what was accepted."),
    ("item_handed_in", "已经报完成,等上级验收。", "It is handed in and waits for the superior."),
    ("item_accepted", "已验收通过,不用再报。", "It was accepted already."),
    ("item_not_done", "还没有记办结,不能验收。先记一条办结的进展。", "It was not recorded as done, so there is nothing to accept. Record it as done first."),
    ("accepts_own", "验收要由另一个人来做:不能是责任人自己。", "Somebody else accepts it: not the person responsible."),
    ("accepted_before_done", "验收不能早于办结的那天({date})。", "It cannot be accepted before the day on which it was done ({date})."),
    ("period_closed", "{period} 已锁定,不能改。要改,先在“月底核对”里解锁并写明原因。", "{period} is locked. To change it, unlock it under month end and say why."),
    ("period_closed_above", "{period} 已由上级锁定,不能改。要改,请上级解锁。", "{period} was locked by the superior, who can unlock it."),
    ("period_is_closed", "{period} 已经锁定。", "{period} is locked already."),
    ("period_is_open", "{period} 没有由本单位锁定。", "{period} was not locked by this office."),
    ("items_not_finished", "{period} 还有 {count} 项没办完,不能锁定。", "{count} items of {period} are not finished, so it cannot be locked."),
    // The running node.
    ("node_unreachable", "正在运行的程序没有应答。请再试;还不行就关掉窗口或停掉 ybz serve,再启动。", "The running node does not answer. Try again, or close the window or stop `ybz serve`, and start it again."),
    ("node_not_running", "这个文件夹上没有程序在运行。先运行 ybz serve --ui。", "No node runs on this folder. Run `ybz serve --ui` first."),
    ("ui_not_shown", "程序在运行,但没有给浏览器打开界面。请关掉窗口或停掉 ybz serve,再用 ybz serve --ui 启动。", "The node runs without an interface for browsers. Close the window or stop `ybz serve`, and start `ybz serve --ui`."),
    ("address_in_use", "地址 {address} 用不了,可能已被占用。请换一个端口,或写 0 由系统选。", "The address {address} cannot be used; it may be taken. Use another port, or 0 for a free one."),
    // Offices.
    ("sample_stays_here", "这是示例:不能导入、加入、邀请、同步、上报,也不能做给别的单位的文件。请换到自己的机构。", "This is the sample: it takes in no file, joins nobody, invites nobody and delivers nothing. Choose your own office."),
    ("sample_none", "这里没有示例。", "There is no sample here."),
    ("office_unknown", "本机没有“{office}”的账。请用 --for 写机构名或编号;本机有:{known}。", "This machine does not keep the books of \"{office}\". Use --for with a name or id; here are: {known}."),
    ("office_not_chosen", "本机有几个机构:{known}。请用 --for 指明哪一个。", "This machine keeps several offices: {known}. Say with --for which one."),
    ("not_allowed", "本机没有做这件事的权限。请在书记的电脑上办理。", "This device may not do that. Use the secretary's computer."),
    ("removed_above", "书记的电脑由上级移除,本机没有动它。请在上级机关的电脑上办理。", "A keeper's device is removed by the superior; nothing was changed here. Do it there."),
    ("viewer_cannot_write", "本机只能看,不能改。请在书记的电脑上办理。", "This device may read only. Use the secretary's computer."),
    ("grant_needed", "本机还没有看住户和谈话记录的许可。请在书记的电脑上许可本机(ybz grant)。", "This device was not let read residents and talks. Grant it on the secretary's computer (`ybz grant`)."),
    // Profiles.
    ("locked", "已锁定,或还没有选择使用者。请先输入 PIN。", "Locked, or nobody was chosen. Give a PIN first."),
    ("profile_hides", "这位使用者看不到这一部分({area})。请换一位使用者。", "This profile does not see that part ({area}). Choose another."),
    ("profile_none", "还没有使用者,不能锁定。先加一位使用者。", "There are no profiles, so nothing locks. Make one first."),
    ("profile_name_taken", "已经有同名的使用者。请写得不同一些。", "There is a profile of this name. Use another name."),
    ("profile_last_organiser", "至少要有一位使用者能管理设备和使用者。", "At least one profile must see the organisation."),
    ("pin_form", "PIN 是 4 到 12 位数字。", "A PIN has 4 to 12 digits."),
    ("pin_wrong", "PIN 不对,还可以试 {left} 次。", "Wrong PIN; {left} more tries."),
    ("pin_wait", "PIN 错得太多。请等 {seconds} 秒再试。", "Too many wrong PINs. Wait {seconds} seconds."),
    ("too_many", "太多了,最多 {max} 个。", "Too many; at most {max}."),
    ("log_file_unreadable", "这不是日志文件,或第 {line} 行坏了。", "This is no log file, or its line {line} is damaged."),
    ("device_removed", "本机已被移除,不能再写、不能再送。已有的内容还能看;请联系上级或本单位的书记。", "This device was removed: it writes and delivers no more. What it has can still be read; ask the superior or the office's secretary."),
    ("device_retired", "本机已办理交接,不能再写。请在接任书记的电脑上办理。", "This device has handed over and writes no more. Use the successor's computer."),
    ("device_suspended", "本机被暂停登记,不能邀请或移除别的电脑。请联系上级。", "This device is suspended: it invites and removes nobody. Ask the superior."),
    ("device_not_removed", "这台电脑还没有移除,没有要决定的内容。", "That device was not removed; there is nothing to decide."),
    ("nothing_to_decide", "这台电脑没有要决定的内容。", "Nothing of that device waits for a decision."),
    ("others_built_on_it", "已有别人接着这些内容往下写,不能弃用。请采纳。", "Others have built on this work, so it cannot be discarded. Adopt it."),
    ("no_successor", "还没有人接手:没有别的书记电脑,也没有上级可以登记。请先邀请接任人的电脑。", "Nobody goes on: there is no other keeper's device and no superior. Invite the successor's device first."),
    ("not_root", "只有最上一级可以做这件事。", "Only the top of the tree can do that."),
    ("office_closed", "{office} 已合并或撤销,不再记新的内容。原有账本照常可看。", "{office} was merged or dissolved: nothing new is recorded for it. Its books can still be read."),
    ("office_not_below", "本单位下面没有“{office}”。有:{known}。", "No office \"{office}\" below this one. There are: {known}."),
    ("order_impossible", "不能这样调整({why})。请核对单位的类别和上下级。", "That order cannot be given ({why}). Check the kinds of the offices and who stands above whom."),
    ("order_too_early", "命令从到达时起生效,不能写以后的日期({date})。请到那天再下达。", "An order takes effect when it arrives and bears no later date ({date}). Give it on that day."),
    ("device_unknown", "根设备里没有 {device}。用 ybz root status 查看。", "{device} is no keeper of the root. See `ybz root status`."),
    ("entry_unknown", "{device} 没有这一条记录。用 ybz root status 查看编号。", "{device} has no such entry. See `ybz root status`."),
    ("recovery_words_wrong", "恢复词不对。请对照纸上的 24 个词,一个一个核对。", "The recovery words are wrong. Compare them with the paper, word by word."),
    ("root_card_needed", "这台机器不知道原来的树。请任一下级运行 ybz tree card,把卡片带来,用 --card 交给本命令。", "This machine knows nothing of the tree. Take a card of any subordinate (`ybz tree card`) and pass it with --card."),
    ("card_unreadable", "这个文件不是组织卡片,或已损坏。", "The file is no card of a tree, or it is damaged."),
    ("card_of_other_tree", "这张卡片是另一棵树的。", "The card is of another tree."),
    // Joining and delivering.
    ("not_joined", "还没有加入上级。请向上级要一张邀请,运行 ybz join。", "No superior joined yet. Ask for a ticket and run `ybz join`."),
    ("ticket_invalid", "这张邀请不完整或抄错了。请向上级再要一次。", "The ticket is incomplete or miscopied. Ask for it again."),
    ("ticket_expired", "这张邀请已过期。请向上级要一张新的。", "The ticket has expired. Ask for a new one."),
    ("ticket_used", "这张邀请已经用过。请向上级要一张新的。", "The ticket has been used. Ask for a new one."),
    ("ticket_refused", "对方没有同意这张邀请。请打电话问明,再要一张新的。", "The inviting office refused the ticket. Ask why, and ask for a new one."),
    ("already_joined", "这个机构已经加入上级,不用再加入。运行 ybz status 查看。", "This office has joined its superior already. See `ybz status`."),
    ("join_interrupted", "等待时连接断了。再运行同一条命令就接着等。", "The connection broke while waiting. Run the same command to go on."),
    ("network_unavailable", "网络端口打不开。请换一个 --listen,或核对网络。", "The network endpoint cannot be opened. Use another --listen, or check the network."),
    ("superior_unreachable", "联系不上上级。内容已存本机,联上网后再送。", "The superior does not answer. All is kept here; try again when there is a network."),
    ("round_ended", "这一轮没有送完就断了。内容都在本机,请再试一次。", "The round broke off before all was sent. All is kept here; try again."),
    // Input.
    ("one_candidate_at_a_time", "发展党员要逐个表决,一次一位;选举最多 {max} 位候选人。", "Admissions are voted on one at a time; an election has at most {max} candidates."),
    ("ballots_exceed", "收回 {returned} 张,多于发出的 {issued} 张。请核对选票。", "{returned} returned is more than the {issued} issued. Check the ballots."),
    ("votes_exceed", "票数 {votes},多于 {returned}。请核对。", "{votes} votes are more than {returned}. Check the counts."),
    ("held_already", "这次安排已经转成会议记录。", "This planned session is a session already."),
    ("due_not_beside", "应到的人不记列席。请记到、假或缺。", "Who is due is not recorded as non-voting. Mark present, excused or absent."),
    ("number_out_of_range", "请写 {from} 到 {to} 之间的数。", "Write a number from {from} to {to}."),
    ("hours_out_of_range", "学时要大于 0,最多 {max} 小时。", "Hours must be above 0 and at most {max}."),
    ("not_graded", "预备党员参加评议,不评等次。", "Probationary members take part ungraded."),
    ("merged_on", "它并入的那一次,后来又并入了别的会议。请先撤销那次合并。", "The session it was merged into was merged on. Undo that first."),
    ("item_inspected", "已有人验收或退回过,来源不能再改。", "It was accepted or returned before; its origin stays."),
    ("merged_already", "要留的这一条已经并入别的会议。请先撤销,或选另一条。", "The session to keep was merged into another. Undo that first, or keep the other."),
    ("not_found", "找不到。请核对名称或编号;调用名见 ybz rpc --list。", "Not found. Check the name or id; `ybz rpc --list` has the calls."),
    ("invalid_input", "输入不合要求,请改正后再试。类型见 ybz rpc --list。", "The input does not fit. Correct it and try again; `ybz rpc --list` has the types."),
    ("json_invalid", "输入不是 JSON。请核对引号和括号,或用 - 从标准输入读。", "The input is not JSON. Check quotes and brackets, or give - and pipe it in."),
    ("required", "这一项必须填写。", "This must be filled in."),
    ("text_too_long", "写得太长,最多 {max} 字。请缩短。", "Too long; at most {max} characters. Shorten it."),
    ("date_not_understood", "看不懂这个日期。请写成 2026-03-05。", "The date is not understood. Write 2026-03-05."),
    ("date_far", "这个日期离今天超过一年。请核对;写对了就加上确认再存。", "This date is more than a year from today. Check it; confirm it if it is right."),
    ("name_private_match", "往上报的文字里有“{word}”,是户主姓名或电话。请改为“该户”。", "This text goes up and has \"{word}\", the name or phone of a household. Write \"this household\" instead."),
    ("households_unreadable", "本机还没有住户资料,核对不了这段文字。先同步一次;还不行,请在书记的电脑上为本机再开一张设备邀请,核对六位数字。", "This computer does not have the households yet, so this text cannot be checked. Sync once; if that does not help, make another device invitation for this computer on the secretary's one and compare the six digits."),
    ("household_erased", "这一户已经删除,打不开也不能再改。要再登记,请新建一户。", "This household was erased: it opens no more and cannot be changed. Enter it as a new one if need be."),
    ("redact_nothing", "这几项里没有可以撤除的文字。", "There is no text to take out in these fields."),
    ("redact_conflicts_open", "这个账本里还有没选定的冲突,请先到“有冲突的记录”里选定。", "This book has open conflicts. Settle them first."),
    ("redact_newer_data", "这个账本里有新版本程序写的内容,请先更新本程序。", "This book holds data of a newer program. Update this program first."),
    ("redact_waits", "这个账本里还有已移除设备的改动等待决定。请先采纳或弃用(ybz device adopt|discard)。", "Changes of a removed device wait for a decision in this book. Adopt or discard them first (`ybz device adopt|discard`)."),
    ("database_damaged", "账本文件本身坏了,修不了。请用备份恢复。", "The file itself is damaged and cannot be repaired. Restore a backup."),
    ("hardship_is_relief", "困难减免不是类别。请按本人类别核定,再在“困难减免”里登记两级决定。", "Hardship is no class. Assess by the member's own class, then record the relief with its two decisions."),
    ("dues_way_missing", "写了代交人,请选是亲属还是其他党员。", "Say whether the one who handed it in is a relative or another member."),
    ("dues_consent_missing", "代交要经本人同意。请勾选“本人同意代交”。", "Handing in for another needs that member's consent. Tick it."),
    ("dues_not_by_organization", "党组织不得垫交或扣缴党费({citation})。请由本人、亲属或其他党员交。", "An organization may neither advance nor deduct dues ({citation}). The member, a relative or another member hands them in."),
    ("import_cancelled", "已取消导入,什么都没有写。", "The import was cancelled; nothing was written."),
    // Forms of a higher body.
    ("template_not_xlsx", "这不是 XLSX 模板。请用 Excel 或 WPS 打开,另存为“Excel 工作簿(.xlsx)”,有密码的先去掉密码,再试。", "This is no XLSX form. Open it in Excel or WPS, save it as an Excel workbook (.xlsx), without a password, and try again."),
    ("template_protected", "模板有密码,打不开。请去掉密码再试。", "The form has a password. Take it off and try again."),
    ("template_damaged", "模板文件坏了,或写法少见。请用 Excel 或 WPS 打开,另存一份再试。", "The form is damaged, or written in an unusual way. Open it in Excel or WPS, save it anew and try again."),
    ("template_too_large", "模板太大({what} 超过 {max})。请删去用不着的工作表或图片再试。", "The form is too large ({what} above {max}). Take out sheets or pictures that are not needed."),
    ("templates_too_large", "留存的模板合计超过 {max_mib} MiB。请先删去用不着的模板。", "All forms together exceed {max_mib} MiB. Remove forms that are not needed first."),
    ("template_ambiguous", "有几个模板都叫“{name}”。请写它的编号。", "Several forms are called “{name}”. Name it by its id."),
    ("fill_key_unknown", "没有“{key}”这一项。可填的内容见 ybz fill show。", "There is no “{key}”. `ybz fill show` lists what there is."),
    ("fill_sheet_missing", "模板里没有工作表“{sheet}”。", "The form has no sheet “{sheet}”."),
    ("fill_cell_unknown", "“{cell}”不是单元格。应写成 B3 这样。", "“{cell}” is no cell. Write it like B3."),
    ("cell_has_formula", "{sheet}!{cell} 是公式,不能填。请指别的格子。", "A formula stands in {sheet}!{cell}, nothing can go there. Point at another cell."),
    ("cell_taken", "{sheet}!{cell} 已经填别的内容。请先取消那一处,或指别的格子。", "{sheet}!{cell} takes something else already. Take that away first, or point at another cell."),
    ("fill_rows_differ", "同一张表的各列要从同一行开始(第 {row} 行),{sheet}!{cell} 不在这一行。", "All columns of a table begin in one row (row {row}); {sheet}!{cell} is in another."),
    ("fill_no_room", "{sheet}!{cell} 往下没有可填的行。", "There are no rows to fill from {sheet}!{cell} down."),
    ("fill_not_mapped", "这个模板还没有指定哪一格填什么。请先指定。", "Nothing was mapped in this form yet. Say first which cells take what."),
    ("fill_nothing", "这段时间账里没有可填的内容。请换一段时间,或先记账。", "The books have nothing for this period. Choose another one, or record first."),
    ("fill_too_large", "填好的文件合计超过 {max_mib} MiB。请分月份填。", "The filled forms exceed {max_mib} MiB together. Fill them month by month."),
    ("dues_not_double", "这几笔已有变化,请重新看过再定。", "These payments have changed meanwhile. Look again, then decide."),
    ("nobody_to_assess", "没有要核定的人:都核定过了,或缺类别、基数。", "Nobody to assess: all are assessed, or class or base is missing."),
    ("date_in_future", "这个日期({date})还没到。", "This date ({date}) lies in the future."),
    ("sheet_unknown", "没有“{kind}”这种表册。不带名称运行 ybz sheet,看有哪些。", "There is no sheet \"{kind}\". Run `ybz sheet` alone to see which there are."),
    ("months_reversed", "止月早于起月,或月数太多。请核对。", "The last month is before the first, or there are too many. Check both."),
    ("relief_one_year", "困难减免一年一定,不跨年。请写到 12 月为止。", "Relief is decided year by year. End it in December at the latest."),
    ("not_assessed", "这位党员还没有核定标准。请先核定。", "This member is not assessed yet. Assess first."),
    ("relief_not_less", "减免后的金额应少于原标准 {full} 分。", "The reduced amount must be less than the full due of {full} fen."),
    ("approval_before_decision", "要先有支部决定,上级批准不能早于支部决定。", "The branch decides first; the approval cannot be earlier."),
    ("month_far", "这个月份({month})离现在太远,只能登记到明年。", "This month ({month}) is too far away: months up to next year can be entered."),
    ("relief_month", "停止的月份要在 {from} 至 {to} 之间。", "The month must be one of {from} to {to}."),
    ("relief_decided", "两级决定已齐全,不能再改。有变化请撤回,另行登记。", "Both decisions are there; nothing more is changed. Withdraw it and record another."),
    ("centre_retains_nothing", "自愿一次多交的全部上缴中央,不留存。", "Extras for the centre go up whole; nothing is retained."),
    ("slip_used", "票据号 {slip} 已用过。请核对。", "Slip number {slip} is used already. Check it."),
    ("rules_not_understood", "看不懂这份标准({kind}:{detail})。没有采用其中任何一条。", "This rule text is not understood ({kind}: {detail}). Nothing of it is applied."),
    ("rules_version_used", "版本名“{version}”已用过。请换一个名。", "The version name \"{version}\" is used already. Choose another."),
    ("rules_of_superior", "已有上级,标准由上级下发。", "There is a superior, which sets the rules."),
    ("household_required", "请选一户,或选“公共场所”。", "Choose a household or a public place."),
    ("participants_required", "请至少写一位参加人。", "Name at least one participant."),
    ("concern_incomplete", "诉求没写全。类别、上报内容、下一步、谁、哪天都要写。", "The concern is incomplete: category, text, next step, who and by when are all needed."),
    ("concern_closed", "这条诉求已经办结。要接着办,请写明原因重新办理,并写上谁、哪天。", "This concern is closed. To go on, say why it is opened again, who does it and by when."),
    ("time_not_understood", "看不懂时间“{text}”。请写成 19:30。", "The time \"{text}\" is not understood. Write 19:30."),
    ("member_duplicate", "名册里已有同名的人。是同一人就改那一条,不是就确认是另一个人。", "Someone of this name is on the roster. Change that record, or confirm that this is another person."),
    ("member_ambiguous", "有几个人叫“{name}”。请写编号,见 ybz member list。", "Several people are called \"{name}\". Give the id, as `ybz member list` prints it."),
    ("dates_reversed", "结束日期早于开始日期。", "The end lies before the beginning."),
    ("extension_length", "延长预备期不少于{from}个月,最长{to}个月。依据:{rule}", "An extension takes at least {from} and at most {to} months. Rule: {rule}"),
    ("sealed_conflict", "另一台电脑也改了这条私密内容,两份都还在。请先到“冲突”里选定,再来改。", "Another computer changed this private part, too; both are kept. Choose under Conflicts first."),
    ("private_closed", "这条私密内容在本机打不开,不能改。请在能打开的电脑上改。", "This private part does not open on this computer. Change it where it opens."),
    ("member_private_closed", "这名党员的身份证号和手机在本机打不开,不能改。请在能打开的电脑上改。", "The ID number and phone of this member do not open on this computer. Change them where they open."),
    ("id_number_form", "身份证号要18位:17位数字加1位校验码。", "An ID number has 18 characters: 17 digits and a check character."),
    ("id_number_birth", "身份证号里的出生日期不存在,请核对。", "The day of birth in this ID number does not exist. Check it."),
    ("id_number_check", "身份证号校验不通过,请核对有没有打错。", "The check character does not fit. Look for a typing error."),
    ("id_number_other_birth_month", "身份证号里的出生年月和名册不一样。请核对,确认无误再点“照样保存”。", "The ID number has another month of birth than the roster. Check, and save it as it is only when it is right."),
    ("id_number_other_sex", "身份证号里的性别和名册不一样。请核对,确认无误再点“照样保存”。", "The ID number has another sex than the roster. Check, and save it as it is only when it is right."),
    ("id_number_duplicate", "{name}也是这个身份证号。请核对是不是同一个人录了两次。", "{name} has the same ID number. Check whether one person was entered twice."),
    ("alike_apart", "有人说过这里有两条不是同一个。要归并,先撤回那句话(ybz alike groups KIND --apart)。", "Somebody said that two of these are two. To merge them, take that back first (`ybz alike groups KIND --apart`)."),
    ("already_merged", "这两条已经合并过。", "These two are merged already."),
    ("already_moving", "{name}正在转接,或已经不在本支部。", "{name} is being transferred, or is no longer in this branch."),
    ("groups_apart", "两条是不同党小组的会({group}、{other})。并在一起,有一个组的会就不算了。组别写错了,先改组别再合并。", "These are meetings of two groups ({group}, {other}). Merged, one group's meeting would count no more. If a group is wrong, correct it first."),
    ("transfer_ended", "这次转接的情况已经变了,请看最新状态。", "This transfer stands otherwise by now. Look at its latest state."),
    ("admission_too_early", "还不到时候(最早 {date})。依据:{citation}。确有原因的,写明原因后保存。", "Too early (not before {date}). Rule: {citation}. If there is a reason, write it down and save."),
    ("admission_too_late", "已超过规定时间(最晚 {date})。依据:{citation}。写明原因后保存。", "Past its time (not after {date}). Rule: {citation}. Write down why and save."),
    ("admission_not_approved", "上级还没有审批通过,不能列入名册。", "The superior has not approved yet, so nothing is entered on the roster."),
    ("votes_unsound", "票数对不上:实到加书面意见不能多于应到,赞成不能多于投票的人。", "The counts do not fit: present and written are at most those due, in favour at most those who voted."),
    ("nobody_due", "没有应到的人。请先录入党员。", "Nobody is due. Enter the members first."),
    ("already_reversed", "这一笔已经冲正过。", "This payment has been reversed already."),
    ("amount_out_of_range", "金额不对。请写大于 0 的数,最多两位小数。", "The amount is wrong. Write a number above 0 with at most two decimals."),
    ("changed_since", "您看过以后这里又改过了,这次没有办。请重新打开,看清再办。", "It was changed after you looked at it, so nothing was done. Open it again, look, and go on."),
    ("session_closed", "这次点名已经结束。", "This roll call has ended."),
    // Files.
    ("file_unreadable", "读不了这个文件。请核对路径;表格请另存为 xlsx 或 csv。", "The file cannot be read. Check the path; save a sheet as xlsx or csv."),
    ("file_too_large", "文件太大。请分成几个文件。", "The file is too large. Split it."),
    ("file_exists", "文件 {file} 已经在那里,没有覆盖。请换一个名字。", "The file {file} is there already and was not replaced. Use another name."),
    ("file_not_written", "文件 {file} 写不进去。请换一个文件夹。", "The file {file} cannot be written. Use another folder."),
    ("file_empty", "文件是空的。请选有内容的表格。", "The file is empty. Choose a sheet with rows."),
    ("file_not_a_sheet", "这不是表格文件。请选 xlsx、xls、ods 或 csv。", "This is no sheet. Choose xlsx, xls, ods or csv."),
    ("file_protected", "文件有密码。请先去掉密码再导入。", "The file has a password. Remove it and import again."),
    ("file_damaged", "文件已损坏。请打开后另存一次再导入。", "The file is damaged. Open it, save it again and import that."),
    ("file_garbled", "文件里的字是乱码。请另存为 xlsx 再试。", "The file's characters are garbled. Save it as xlsx and try again."),
    ("garbled_text", "文件里的字是乱码。请另存为 xlsx 再试。", "The file's characters are garbled. Save it as xlsx and try again."),
    ("file_unpacks_too_large", "文件解开后太大。请打开后另存一次再导入。", "The file unpacks to too much. Open it, save it again and import that."),
    ("encoding_not_read", "认不出文件的文字编码。请另存为 xlsx 再试。", "The encoding of the file is not known. Save it as xlsx and try again."),
    ("format_not_read", "这种格式读不了。请另存为 xlsx。", "This format is not read. Save it as xlsx."),
    ("no_rows", "表里没有数据行。请换一个文件。", "There are no rows. Choose another file."),
    ("too_many_rows", "行数太多。请分成几个文件。", "Too many rows. Split the file."),
    ("too_many_columns", "列数太多。请删去不用的列。", "Too many columns. Remove those that are not needed."),
    ("too_many_sheets", "工作表太多。请分成几个文件。", "Too many sheets. Split the file."),
    ("too_many_cells", "内容太多。请分成几个文件。", "Too much content. Split the file."),
    ("import_unanswered", "有 {count} 个问题要先回答,什么都没有写。请照预览用 --answer 'ID=VALUE' 回答后再导入。", "{count} questions must be answered first; nothing was written. Answer them with --answer 'ID=VALUE' as the preview shows."),
    ("sheet_kind_unknown", "看不出 {file} 里是什么(工作表:{sheets})。请用 --kind 指明 roster、dues、meetings 或 visits。", "The headers of {file} do not tell what it holds (sheets: {sheets}). Say with --kind: roster, dues, meetings or visits."),
    // Files instead of a network.
    ("bundle_not_one", "这不是一本账的投送文件。投送文件以 .ybzb 结尾。", "This is no delivery file of 一本账; they end with .ybzb."),
    ("bundle_newer", "这个文件是新版本的程序做的。请先升级一本账。", "The file was made by a newer version. Upgrade first."),
    ("bundle_truncated", "文件不完整,可能没有拷完就拔了U盘。请再拷一次。", "The end of the file is missing. Copy it again."),
    ("bundle_altered", "文件损坏或被改动过,什么都没有读入。请让对方重新做一份。", "The file is damaged or altered; nothing was read. Have it made again."),
    ("bundle_not_for_us", "这个文件不是给这台电脑的。请核对是给哪个单位的;本机是后来才加入的,就让对方重新做一份。", "The file is not for this computer. Check whom it is for; if this computer joined later, have it made again."),
    ("bundle_other_tree", "这个文件是另一套组织的,和本机不是一家,没有读入。", "The file belongs to another tree of offices and was not read."),
    ("bundle_sender_unknown", "做这个文件的电脑不是本单位的上级、下级或同事,没有读入。", "The computer that made the file stands neither above, below nor in this office; nothing was read."),
    ("bundle_no_target", "没有可以送给“{name}”的文件:它不是上级、下级或本单位的电脑,或者没有在用的电脑。", "No file can be made for \"{name}\": it is neither above nor below, or has no computer in use."),
    ("bundle_too_large", "内容太多,一个文件装不下。请先联网同步一次。", "There is too much for one file. Sync over a network once."),
    ("paper_not_one", "不是要的那种文件。申请文件以 .ybzq 结尾,证书文件以 .ybzc 结尾。", "Not the file that is needed: requests end with .ybzq, certificates with .ybzc."),
    ("paper_newer", "这个文件是新版本的程序做的。请先升级一本账。", "The file was made by a newer version. Upgrade first."),
    ("paper_truncated", "文件不完整,可能没有拷完就拔了U盘。请再拷一次。", "The end of the file is missing. Copy it again."),
    ("paper_altered", "文件损坏或被改动过。请让对方重新存一份。", "The file is damaged or altered. Have it saved again."),
    ("paper_not_for_us", "这个文件不是给这台电脑的。请在发出邀请的那台电脑上读申请,在提出申请的那台电脑上读证书。", "The file is not for this computer. Read a request where the ticket was made, a certificate where the request was made."),
    ("certificate_unknown", "本机没有提出过这份申请。请在提出申请的那台电脑上读入。", "This computer did not make that request. Read the certificate where the request was made."),
    ("code_differs", "数字不一样,没有同意。请再打电话核对;还不一样,就不要同意。", "The digits differ, so nothing was approved. Compare them again; if they still differ, do not approve."),
    ("list_without_names", "表里找不到“名称”这一列。请在第一行写上“名称”。", "There is no column of names. Head it with 名称 or name."),
    // Totals.
    ("snapshot_fault", "汇总有差错({fault}),不能签名。运行 ybz doctor 查看。", "The snapshot has a fault ({fault}) and cannot be signed. Run `ybz doctor`."),
    // The rest.
    ("internal", "程序出了差错,已写的内容没有丢。请再试一次。", "Something went wrong in the program; nothing written is lost. Try again."),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn each_code_has_one_pair_of_sentences() {
        let mut seen = std::collections::BTreeSet::new();
        for (code, chinese, english) in all() {
            assert!(seen.insert(code), "{code} is there twice");
            let names = |text: &str| {
                let mut names: Vec<String> =
                    text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect();
                names.sort();
                names
            };
            assert_eq!(names(chinese), names(english), "{code} says the same in both languages");
        }
    }

    #[test]
    fn values_stand_in_their_places() {
        let params = BTreeMap::from([("a".to_owned(), "{b}".to_owned())]);
        assert_eq!(
            fill("x{a}y{c}z{", &params),
            "x{b}y?z",
            "a value is not filled again, a missing one is a question mark"
        );
    }
}
