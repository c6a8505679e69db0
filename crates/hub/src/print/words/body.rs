//! Sentences of bodies within offices, of lists of a tree, and of villages in custody.

#[rustfmt::skip]
pub(super) const SENTENCES: &[(&str, &str, &str)] = &[
    ("body_circle", "它不能放在自己下面。请另选上级组织。", "It cannot stand below itself. Choose another body above it."),
    ("body_not_attached", "承诺和双向评议只用于挂靠单位。", "Promises, comments and reviews are for attached units alone."),
    ("body_not_then", "{date} 这一天它还没有成立,或已经撤销。请核对日期。", "It was not there on {date}. Check the day."),
    ("body_unit", "“{unit}”在这一天已经是这样了:加入的不能再加入,没加入的不能退出。", "On that day “{unit}” was in it already, or was not in it."),
    ("custody_none", "这个村不在本机代管。请核对名称。", "That village is not kept on this computer. Check its name."),
    ("custody_taken", "这个村 {on} 已由自己的电脑接手,不用再做文件。", "The village's own computer took over on {on}; no file is needed."),
    ("custody_code", "打开码不对。共二十位,横线和大小写不影响;请和街道核对。", "The code is wrong. It has twenty signs; strokes and case do not matter. Ask the street."),
    ("custody_altered", "文件损坏或被改动过,什么都没有读入。请让街道重新做一份。", "The file is damaged or altered; nothing was read. Have it made again."),
    ("custody_not_one", "这不是交回账本用的文件(.ybzh)。", "This is not a file that hands books back (.ybzh)."),
    ("custody_here", "这个村的账本已经在这台电脑上,没有再读入,现有的都没有动。", "The village's books are on this computer already. Nothing was read again, and nothing was changed."),
    ("custody_own", "这台电脑就是做文件的那台。请在村里的新电脑上打开。", "This is the computer that made the file. Open it on the village's own."),
    ("custody_stale", "这个村已有别的电脑接手,这份文件作废。请向街道要邀请,用邀请加入。", "Another computer has taken the village over; this file is void. Ask the street for an invitation."),
    ("custody_incomplete", "文件里有的内容没能读入({refused}条被拒,{waiting}本缺前文),还没有接手。请让街道重新做一份。", "Some of the file could not be read ({refused} refused, {waiting} books lack what comes before); nothing was taken over. Have it made again."),
];
