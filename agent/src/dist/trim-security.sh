#!/bin/sh
# Trims what a runtime reads of security settings at each start: no comments, which are nine tenths of the file, and no providers of services that it has
# not (their modules are not in it): the first algorithm that no provider knows would be sought in each of them.
#   trim-security.sh RUNTIME [PROVIDER]     the provider is asked before all others
set -eu

settings=$1/conf/security/java.security
awk -v first="${2:-}" '/^(#|$)/ { next }
    /^security\.provider\.[0-9]+=/ {
        if (!number && first != "") print "security.provider." ++number "=" first
        sub(/^[^=]*=/, "")
        if ($0 !~ /^(SunJGSS|SunSASL|XMLDSig|SunPCSC|JdkLDAP|JdkSASL|SunPKCS11)/) print "security.provider." ++number "=" $0
        next
    }
    { print }' "$settings" >"$settings.trimmed"
chmod 0644 "$settings.trimmed"
mv "$settings.trimmed" "$settings"
