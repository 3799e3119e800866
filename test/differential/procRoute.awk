# /proc/net/route as `route -nee` shows it.
function quad(hex) {
  return strtonum("0x" substr(hex, 7, 2)) "." strtonum("0x" substr(hex, 5, 2)) "." \
    strtonum("0x" substr(hex, 3, 2)) "." strtonum("0x" substr(hex, 1, 2))
}
function digit(hex) { return index("0123456789abcdef", tolower(hex)) - 1 }
function strtonum(hex) { return digit(substr(hex, 3, 1)) * 16 + digit(substr(hex, 4, 1)) }
NR > 1 {
  bits = substr($4, 3, 2)
  reject = substr($4, 2, 1) == "2"
  low = digit(substr($4, 4, 1))
  flags = reject ? "!" : "U"
  if (int(low / 2) % 2) flags = flags "G"
  if (int(low / 4) % 2) flags = flags "H"
  printf "%-15s %-15s %-15s %-5s %-6d %-2s %7d %-8s %-5s %-6s %s\n", quad($2), reject ? "-" : quad($3), quad($8), flags, \
    $7, reject ? "-" : $5, $6, reject ? "-" : $1, reject ? "-" : $9, reject ? "-" : $10, reject ? "-" : $11
}
