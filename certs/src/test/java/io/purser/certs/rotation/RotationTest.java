package io.purser.certs.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purser.certs.authority.Leaf;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final RotationPolicy POLICY = RotationPolicy.DEFAULT;
    private static final List<String> NAMES = List.of("purser-webhook.purser.svc");

    private final Rotation rotation = new Rotation(POLICY);
    private final LeafRenewal renewal = new LeafRenewal(POLICY, NAMES);

    @Test
    void theFirstAuthorityIsSavedThenPublishedAndIssuesAtOnce() {
        TrustState first = saved(null, Published.of(List.of("", "")), START);

        assertThat(first.issuing(START)).contains(first.newest());
        assertThat(rotation.next(first, first, Published.of(List.of("", "")), START))
                .isInstanceOfSatisfying(
                        Step.Publish.class, step -> assertThat(step.caBundle()).isEqualTo(first.bundle()));
        assertThat(rotation.next(first, first, published(first), START)).isInstanceOf(Step.Rest.class);
        assertThat(rotation.next(first, first, new Published.Absent(), START)).isInstanceOf(Step.Rest.class);
    }

    @Test
    void oneWebhookWithoutTheBundleIsEnoughToPublish() {
        TrustState first = saved(null, Published.of(List.of("")), START);

        assertThat(rotation.next(first, first, Published.of(List.of(first.bundle(), "")), START))
                .isInstanceOf(Step.Publish.class);
    }

    @Test
    void anAuthorityNearItsEndIsFollowedByOneThatIssuesOnlyWhenAllCanTrustIt() {
        TrustState first = saved(null, Published.of(List.of("")), START);
        Instant due = START.plus(POLICY.caValidity()).minus(POLICY.caRenewBefore());
        assertThat(rotation.next(first, first, published(first), due.minusSeconds(1)))
                .isInstanceOf(Step.Rest.class);

        TrustState two = saved(first, published(first), due);
        assertThat(two.authorities()).hasSize(2).startsWith(first.newest());
        assertThat(two.issuing(due)).contains(first.newest());

        assertThat(rotation.next(two, two, published(first), due)).isInstanceOf(Step.Publish.class);

        TrustState seen = saved(two, published(two), due);
        Instant usable = due.plus(Duration.ofSeconds(60));
        assertThat(seen.issuing(usable.minusSeconds(1))).contains(first.newest());
        assertThat(seen.issuing(usable)).contains(seen.newest());
        assertThat(rotation.next(seen, seen, published(two), usable.minusSeconds(1)))
                .isInstanceOf(Step.Rest.class);

        TrustState retired = saved(seen, published(two), usable);
        assertThat(retired.authorities().get(0).privateKeyPem()).isNull();
        assertThat(retired.authorities().get(0).retiredAt()).isEqualTo(usable);

        Instant gone = usable.plus(POLICY.leafValidity()).plus(Duration.ofMinutes(10));
        assertThat(rotation.next(retired, retired, published(two), gone.minusSeconds(1)))
                .isInstanceOf(Step.Rest.class);
        TrustState dropped = saved(retired, published(two), gone);
        assertThat(dropped.authorities()).containsExactly(retired.newest());
        assertThat(rotation.next(dropped, dropped, published(two), gone)).isInstanceOf(Step.Publish.class);
    }

    @Test
    void aLostSecretComesBackFromMemoryAndWithoutMemoryItsLeavesStayTrusted() {
        TrustState first = saved(null, Published.of(List.of("")), START);

        assertThat(saved(null, first, published(first), START)).isEqualTo(first);

        TrustState again = saved(null, published(first), START);
        assertThat(again.certificates()).hasSize(2).contains(first.newest().certificate());
        assertThat(again.issuing(START)).as("not before the bundle is seen").isEmpty();
    }

    @Test
    void aPersonsRotationIsRefusedWhileOneIsUnderWay() {
        TrustState first = saved(null, Published.of(List.of("")), START);

        TrustState rotated = rotation.rotated(first, START).orElseThrow();

        assertThat(rotated.authorities()).hasSize(2);
        assertThat(rotation.rotated(rotated, START)).isEmpty();
    }

    @Test
    void aLeafIsRenewedAtHalfItsLife() {
        TrustState first = saved(null, Published.of(List.of("")), START);
        X509Certificate leaf =
                renewal.renew(first, START, null, START).orElseThrow().certificate();
        Instant half = START.plus(POLICY.leafValidity().dividedBy(2));

        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(START.plus(POLICY.leafValidity()));
        assertThat(renewal.renew(first, half.minusSeconds(1), leaf, half.minusSeconds(1)))
                .isEmpty();
        assertThat(renewal.renew(first, half, leaf, half)).isPresent();
        assertThat(new LeafRenewal(POLICY, List.of("other.svc")).renew(first, START, leaf, START))
                .isPresent();
    }

    @Test
    void aReplicaCutOffDoesNotIssueLongerThanItsKnowledgeHolds() {
        TrustState first = saved(null, Published.of(List.of("")), START);
        Leaf leaf = renewal.renew(first, START, null, START).orElseThrow();
        Instant later = START.plus(POLICY.leafValidity().dividedBy(10).multipliedBy(8));

        assertThat(renewal.renew(first, START, leaf.certificate(), later)).isEmpty();
        assertThat(renewal.renew(first, START, null, later)
                        .orElseThrow()
                        .certificate()
                        .getNotAfter())
                .isEqualTo(leaf.certificate().getNotAfter());
        assertThat(renewal.renew(first, START, null, START.plus(POLICY.leafValidity())))
                .isEmpty();
    }

    @Test
    void noKeyIsInAnyToString() {
        TrustState first = saved(null, Published.of(List.of("")), START);
        String key =
                java.util.Objects.requireNonNull(first.newest().privateKeyPem()).substring(30, 80);

        assertThat(new Step.Save(first, "because").toString())
                .contains("[REDACTED]")
                .doesNotContain(key);
    }

    @Test
    void timesThatCannotWorkOutAreRefused() {
        Duration day = Duration.ofDays(1);
        assertThatThrownBy(() -> new RotationPolicy("x", day, day, day, day)).hasMessageContaining("renewal");
        assertThatThrownBy(() -> new RotationPolicy("x", day.multipliedBy(9), day, day.multipliedBy(2), day))
                .hasMessageContaining("outlive");
        assertThatThrownBy(() -> new RotationPolicy("x", day, Duration.ZERO, day, day))
                .hasMessageContaining("longer than zero");
    }

    private TrustState saved(TrustState state, Published published, Instant now) {
        return saved(state, null, published, now);
    }

    private TrustState saved(TrustState state, TrustState remembered, Published published, Instant now) {
        Step step = rotation.next(state, remembered, published, now);
        assertThat(step).isInstanceOf(Step.Save.class);
        return ((Step.Save) step).state();
    }

    private static Published published(TrustState state) {
        return Published.of(List.of(state.bundle()));
    }
}
