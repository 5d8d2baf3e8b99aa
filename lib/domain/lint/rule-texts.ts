import type { FindingTexts } from '@/lib/domain/lint/texts'

/** What is wrong with the weight and the rules as they are written. */
export const ruleTexts = {
  L11: {
    severity: 'error',
    title: '{key} is no whole number: {written}',
    why: 'The controller reads whatever is no whole number as {read}, and says so nowhere but in its log.',
    fix: 'Write a whole number, without blanks, dots or a percent sign.',
  },
  L12: {
    severity: 'warning',
    title: 'A total of {written} counts as 100',
    why: 'The controller takes a total only above 100, so the weight {weight} means {weight} of 100.',
    fix: 'Remove canary-weight-total; for tenths of a percent set it to 1000.',
  },
  L13: {
    severity: 'warning',
    title: 'The weight {weight} lies outside 0 to {total}',
    why: 'Below 0 the weight never picks the canary, above the total it always does.',
    fix: 'Write {read}, which does the same, or the weight that was meant.',
  },
  L16: {
    severity: 'error',
    title: 'The controller drops {key}: {written}',
    why: 'A text with signs that it does not allow counts as not written: a value rule then answers to always and never, any other rule is gone. Versions before 1.12 check this only where they are told to.',
    fix: 'Use letters, digits and - . _ ~ / : only; a pattern may have the signs of regular expressions, but no blank and no comma.',
  },
  L17: {
    severity: 'error',
    title: 'The pattern {pattern} does not compile',
    why: 'Everyone who sends the header {header} gets stable, whatever cookie and weight say.',
    fix: 'Correct the pattern and try it on an example.',
  },
  L18: {
    severity: 'warning',
    title: 'The pattern {pattern} is never tried',
    why: 'Beside a header value the controller compares only that: {value}.',
    fix: 'Remove the pattern, or the value.',
  },
  L19: {
    severity: 'error',
    title: '{key} has no header to look at',
    why: 'A header value or pattern has no effect without canary-by-header.',
    fix: 'Name the header in canary-by-header, or remove {key}.',
  },
  L20: {
    severity: 'warning',
    title: 'A header with the name {header} never arrives',
    why: 'nginx drops request headers whose names have other signs than letters, digits and dashes. In a rule "_" stands for "-"; any other sign keeps the rule from ever matching.',
    fix: 'Name the header with letters, digits and dashes only.',
  },
  L21: {
    severity: 'info',
    title: '{canary} has neither a weight nor a rule',
    why: 'Nobody is sent to a canary without them: it is parked, or was never finished.',
    fix: 'Set a weight or a rule when the release begins; delete the Ingress if it is not needed.',
  },
  L22: {
    severity: 'info',
    title: 'A cookie rule does not ask for a value: {wish}',
    why: 'canary-by-cookie takes a name and answers only to the values always and never. A rule on the header Cookie sees all cookies as one text, and every request with any cookie pays for it.',
    fix: 'Give testers a cookie of its own with the value always, or match Cookie by a pattern such as (^|\\s)name=value(\\W|$).',
  },
  L23: {
    severity: 'info',
    title: 'A header value is one text, not a list: {value}',
    why: 'The header must equal the value to the letter; a canary has one header and one value.',
    fix: 'Use a pattern instead, such as {pattern}.',
  },
} as const satisfies FindingTexts
