import type { FindingWords } from '@/lib/language/zh/finding/words'

/** 权重与规则的写法有何问题。 */
export const ruleWords = {
  L11: {
    title: '{key} 不是整数：{written}',
    why: '凡不是整数的值，控制器都当作 {read}，并且只写在它自己的日志里。',
    fix: '写一个整数，不带空格、小数点或百分号。',
  },
  L12: {
    title: '总数 {written} 按 100 计算',
    why: '控制器只接受大于 100 的总数，所以权重 {weight} 表示 100 份中的 {weight} 份。',
    fix: '删除 canary-weight-total；需要千分之一的精度时，把它设为 1000。',
  },
  L13: {
    title: '权重 {weight} 不在 0 到 {total} 之间',
    why: '小于 0 的权重永远不会选中灰度版，大于总数的权重总是选中它。',
    fix: '写 {read}，效果相同；或写原本想要的权重。',
  },
  L16: {
    title: '控制器丢弃 {key}：{written}',
    why: '含有不允许字符的文字视为没有写：值规则会退化为 always 与 never，其他规则则不复存在。1.12 之前的版本只在开启检查时才这样做。',
    fix: '只用字母、数字和 - . _ ~ / :；正则表达式还可以用其专用字符，但不能有空格和逗号。',
  },
  L17: {
    title: '正则表达式 {pattern} 无法编译',
    why: '凡是带有请求头 {header} 的请求都会去稳定版，不再看 Cookie 和权重。',
    fix: '改正正则表达式，并用一个例子试一试。',
  },
  L18: {
    title: '正则表达式 {pattern} 永远不会被使用',
    why: '写了请求头的值，控制器就只比较该值：{value}。',
    fix: '删除正则表达式或该值。',
  },
  L19: {
    title: '{key} 没有可看的请求头',
    why: '没有 canary-by-header，请求头的值或正则表达式都不生效。',
    fix: '在 canary-by-header 中写明请求头，或删除 {key}。',
  },
  L20: {
    title: '名为 {header} 的请求头永远到不了',
    why: '请求头的名字若含有字母、数字和连字符以外的字符，会被 nginx 丢弃。规则中的 “_” 等同于 “-”；含其他字符的规则永远不会匹配。',
    fix: '请求头的名字只用字母、数字和连字符。',
  },
  L21: {
    title: '{canary} 既没有权重也没有规则',
    why: '没有它们就没有请求去灰度版：它在待命，或者从未完成。',
    fix: '开始发布时设置权重或规则；若不需要，就删除这个 Ingress。',
  },
  L22: {
    title: 'Cookie 规则不看具体的值：{wish}',
    why: 'canary-by-cookie 只写名字，并且只认 always 与 never 两个值。针对请求头 Cookie 的规则把全部 Cookie 当作一段文字，凡带 Cookie 的请求都要为此付出代价。',
    fix: '为测试人员专设一个值为 always 的 Cookie，或用正则表达式匹配 Cookie，例如 (^|\\s)name=value(\\W|$)。',
  },
  L23: {
    title: '请求头的值是一段文字，不是列表：{value}',
    why: '请求头必须与该值一字不差；一个灰度 Ingress 只有一个请求头和一个值。',
    fix: '改用正则表达式，例如 {pattern}。',
  },
} as const satisfies FindingWords
