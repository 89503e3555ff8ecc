# A page with the sum of each word, FNV-1a.
BEGIN { for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i }
{
  sum = 2166136261
  for (i = 1; i <= length($0); i++) {
    sum = xor(sum, code[substr($0, i, 1)])
    # The prime is 2^24 + 403; times that at once, it would be more than a number holds.
    sum = ((sum % 256) * 16777216 + sum * 403) % 4294967296
  }
  printf "<p>%s %d</p>\n", toupper($0), sum
}
