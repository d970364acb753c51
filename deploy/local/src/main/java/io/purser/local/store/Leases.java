package io.purser.local.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All live leases. */
final class Leases {

    private final Map<String, Lease> leases = new LinkedHashMap<>();
    private final List<Lease> overdue = new ArrayList<>();
    private @Nullable String lastFailure;
    private long made;
    private long revoked;

    Lease add(Lease lease) {
        leases.put(lease.id(), lease);
        made++;
        return lease;
    }

    @Nullable
    Lease find(String id) {
        return leases.get(id);
    }

    int live() {
        return leases.size() + overdue.size();
    }

    long made() {
        return made;
    }

    /** How many ended before their time or at it. */
    long ended() {
        return revoked;
    }

    /** The next parts of the lease ids under a prefix, folders with a slash at their end. */
    Iterable<String> under(String prefix) {
        String start = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        TreeSet<String> names = new TreeSet<>();
        for (String id : leases.keySet()) {
            if (id.startsWith(start)) {
                String rest = id.substring(start.length());
                int slash = rest.indexOf('/');
                names.add(slash < 0 ? rest : rest.substring(0, slash + 1));
            }
        }
        return names;
    }

    void revoke(String id) {
        Lease lease = leases.remove(id);
        if (lease != null) {
            overdue.add(lease);
            settle();
        }
    }

    /** What another system refused to undo is tried again, as a real store does. */
    private void settle() {
        for (Lease lease : new ArrayList<>(overdue)) {
            try {
                lease.revoke();
                overdue.remove(lease);
                revoked++;
            } catch (IllegalStateException notYet) {
                lastFailure = notYet.getMessage();
            }
        }
    }

    /** Why the last revocation failed, or null. */
    @Nullable
    String lastFailure() {
        return lastFailure;
    }

    void revokeUnder(String prefix) {
        ids().stream().filter(id -> id.startsWith(prefix)).forEach(this::revoke);
    }

    void revokeOf(Token owner) {
        for (Lease lease : new ArrayList<>(leases.values())) {
            if (lease.owner().equals(owner)) {
                revoke(lease.id());
            }
        }
    }

    void expire(Instant now) {
        settle();
        for (Lease lease : new ArrayList<>(leases.values())) {
            if (lease.term().over(now)) {
                revoke(lease.id());
            }
        }
    }

    private List<String> ids() {
        return new ArrayList<>(leases.keySet());
    }
}
