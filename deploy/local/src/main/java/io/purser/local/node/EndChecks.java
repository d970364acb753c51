package io.purser.local.node;

import java.time.Duration;
import java.util.List;

/** After the last pod: nothing of ours is left at the store. */
final class EndChecks {

    private static final String PEERS = "payments";

    private final Node node;
    private final Report report;

    EndChecks(Node node, Report report) {
        this.node = node;
        this.report = report;
    }

    /** Looks, and waits for what pods of the peer's kind leave to its own end, as the peer does. */
    void run() {
        report.check("left at the store", () -> {
            List<String> own = node.bao().tokens().stream()
                    .filter(name -> !name.contains(PEERS))
                    .toList();
            if (!own.isEmpty() || !node.bao().leases().isEmpty()) {
                throw new NodeException(
                        "tokens " + own + " and leases " + node.bao().leases());
            }
            int peers = node.bao().tokens().size();
            Duration ended =
                    Patience.until("the tokens of the peer's pods end", Bao.TOKEN.plusMinutes(1), () -> node.bao()
                            .tokens()
                            .isEmpty());
            return "no lease and no token; " + peers
                    + " tokens of pods with the peer's annotations, which do not revoke,"
                    + " ended by themselves after " + Report.seconds(ended);
        });
    }
}
