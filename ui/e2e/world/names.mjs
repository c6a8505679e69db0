// Made-up people; nobody of these names is meant.
const families = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭"];
const given = ["春生", "秀兰", "建国", "桂芳", "志强", "玉梅", "大海", "小燕", "长河"];

/** The n-th name, all different. */
export function person(n) {
  return families[n % families.length] + given[(n + Math.floor(n / families.length) * 2) % given.length];
}

/** ISO date so many days before the day. */
export function before(today, days) {
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}

/** ISO date so many days after the day. */
export function after(today, days) {
  return before(today, -days);
}
