package io.purser.certs.authority;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

/** The DNS names and IP addresses of a serving certificate. */
record SubjectNames(List<String> names) {
    /** RFC 5280's upper bound of a common name. */
    private static final int COMMON_NAME_LENGTH = 64;

    private static final Pattern DNS_NAME = Pattern.compile(
            "(\\*\\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*",
            Pattern.CASE_INSENSITIVE);

    static SubjectNames of(Collection<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A serving certificate needs at least one DNS name or IP address");
        }
        for (String name : names) {
            if (!IPAddress.isValid(name) && !(DNS_NAME.matcher(name).matches() && name.length() <= 253)) {
                throw new IllegalArgumentException(
                        "A serving certificate cannot be for '" + name + "': neither a DNS name nor an IP address");
            }
        }
        return new SubjectNames(List.copyOf(names));
    }

    /** The first name, cut to what a common name can hold: clients go by the alternative names alone. */
    String commonName() {
        String first = names.get(0);
        return first.length() <= COMMON_NAME_LENGTH ? first : first.substring(0, COMMON_NAME_LENGTH);
    }

    GeneralNames alternativeNames() {
        List<GeneralName> all = new ArrayList<>();
        for (String name : names) {
            all.add(new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }
}
