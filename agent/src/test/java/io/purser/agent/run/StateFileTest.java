package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.Json;
import io.purser.agent.config.LogConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.LeaseEvent;
import io.purser.agent.lease.LeaseMachine;
import io.purser.agent.lease.LeaseState;
import io.purser.agent.lease.LeaseTerms;
import io.purser.agent.lease.RenewalPolicy;
import io.purser.agent.lease.SecretState;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.Superseded;
import io.purser.agent.lease.TokenState;
import io.purser.agent.lease.Validity;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AuthToken TOKEN =
            new AuthToken(new SecretValue("s.token"), "accessor", Duration.ofHours(1), true, true);
    private static final SecretRequest READ = new SecretRequest.Read("database/creds/web");
    private static final SecretRequest WRITE =
            new SecretRequest.Write("pki/issue/web", new TreeMap<>(Map.of("common_name", "web.example")));

    private static final LeaseMachine MACHINE = new LeaseMachine(
            new RenewalPolicy(
                    Duration.ofMinutes(5),
                    null,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5)),
            false);

    @TempDir
    private Path root;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void whatIsKeptComesBack() throws IOException {
        SecretBook book = new SecretBook();
        LeaseState state = state(book);
        file().save(state, book);

        SecretBook loaded = new SecretBook();
        LeaseState back = file().load(loaded, NOW.plusSeconds(5));
        assertThat(back.token()).isEqualTo(state.token());
        assertThat(back.superseded()).isEqualTo(state.superseded());
        assertThat(back.secrets().keySet()).containsExactly(READ, WRITE);
        SecretState read = back.secrets().get(READ);
        assertThat(read.leaseId()).isEqualTo("lease-1");
        assertThat(read.expires()).isEqualTo(NOW.plusSeconds(600));
        assertThat(read.due()).isEqualTo(NOW.plusSeconds(400));
        assertThat(read.next()).isEqualTo(SecretState.Next.RENEW);
        assertThat(loaded.answer(READ).secret().data().get("n").toString()).isEqualTo("1.50");
        assertThat(Files.exists(root.resolve("state/state.json"))).isTrue();
    }

    @Test
    void aClockThatWentBackMovesEverythingAlong() {
        SecretBook book = new SecretBook();
        file().save(state(book), book);
        LeaseState back = file().load(new SecretBook(), NOW.minusSeconds(3600));
        assertThat(back.secrets().get(READ).due()).isEqualTo(NOW.plusSeconds(400 - 3600));
        assertThat(back.token().expires()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"version\":1}",
                "{\"version\":2}",
                "{\"version\":1,\"secrets\":[{}],\"superseded\":[]}",
                "{\"version\":1,\"secrets\":{},\"superseded\":[]}",
                "{\"version\":1,\"announce\":{}}",
                "{\"version\":1,\"announce\":[1]}"
            })
    void aStateThatCannotBeReadCostsALoginAndNoMore(String text) throws IOException {
        Files.createDirectories(root.resolve("state"));
        Files.writeString(root.resolve("state/state.json"), text);
        assertThat(file().load(new SecretBook(), NOW)).isNull();
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("s.token");
    }

    @Test
    void whatAnOlderAgentKeptIsReadAndNoTokenOfItIsRevoked() throws IOException {
        SecretBook book = new SecretBook();
        file().save(state(book), book);
        Path kept = root.resolve("state/state.json");
        Files.writeString(kept, Files.readString(kept).replace("\"revocable\":true", "\"uses\":0"));
        LeaseState back = file().load(new SecretBook(), NOW);
        assertThat(back.token().token().value()).isEqualTo(TOKEN.value());
        assertThat(back.token().token().revocable()).isFalse();
        assertThat(back.superseded()).extracting(Superseded::leaseId).containsExactly("lease-0");
    }

    @Test
    void anIdleAgentWritesItsClockOnceAMinuteAndNothingElse() throws IOException {
        SecretBook book = new SecretBook();
        StateFile file = file();
        LeaseState state = state(book);
        file.save(state, book);
        Object first = written();

        file.save(MACHINE.next(state, new LeaseEvent.Tick(), NOW.plusSeconds(5)).state(), book);
        assertThat(written()).isEqualTo(first);
        file.save(
                MACHINE.next(state, new LeaseEvent.Tick(), NOW.plusSeconds(60)).state(), book);
        assertThat(written()).isNotEqualTo(first);
    }

    @Test
    void aStateThatCannotBeKeptIsSaidOnceUntilItCan() throws IOException {
        SecretBook book = new SecretBook();
        StateFile file = file();
        LeaseState state = state(book);
        Path inTheWay = root.resolve("state/state.json");
        Files.createDirectories(inTheWay);
        file.save(state, book);
        file.save(state, book);
        assertThat(log.toString(StandardCharsets.UTF_8).split("state not kept", -1))
                .hasSize(2);
        Files.delete(inTheWay);
        file.save(state, book);
        assertThat(inTheWay).isRegularFile();
    }

    @Test
    void aChangedSecretIsKeptAtOnce() throws IOException {
        SecretBook book = new SecretBook();
        StateFile file = file();
        LeaseState state = state(book);
        file.save(state, book);
        Object first = written();
        file.save(
                MACHINE.next(state, new LeaseEvent.Delivered(Set.of(READ)), NOW).state(), book);
        assertThat(written()).isNotEqualTo(first);
    }

    /** The file's identity: each write puts another in its place. */
    private Object written() throws IOException {
        return Files.readAttributes(root.resolve("state/state.json"), BasicFileAttributes.class)
                .fileKey();
    }

    private LeaseState state(SecretBook book) {
        book.note(
                READ,
                Secret.of(Json.parse("{\"lease_id\":\"lease-1\",\"data\":{\"n\":1.50}}")
                        .asObject()));
        book.note(WRITE, null);
        return LeaseState.resumed(
                -7,
                NOW,
                new TokenState(TOKEN, 3, NOW, Duration.ofHours(1), NOW.plusSeconds(2000), false),
                List.of(
                        secret(READ, Validity.Nature.RENEWABLE, "lease-1", SecretState.Next.RENEW),
                        secret(WRITE, Validity.Nature.CERTIFICATE, "", SecretState.Next.FETCH)),
                List.of(
                        new Superseded(TOKEN, "", 2, null, NOW.plusSeconds(30)),
                        new Superseded(null, "lease-0", 3, READ, null)));
    }

    private static SecretState secret(
            SecretRequest request, Validity.Nature nature, String lease, SecretState.Next next) {
        LeaseTerms terms = new LeaseTerms(lease, Duration.ofSeconds(600), true);
        return new SecretState(
                request,
                new Validity(nature, terms),
                NOW,
                Duration.ofSeconds(600),
                3,
                NOW.plusSeconds(400),
                next,
                0,
                null,
                false);
    }

    private StateFile file() {
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
        PodPaths paths = new PodPaths(root);
        EventLog events = new EventLog(LogConfig.DEFAULT, out, () -> NOW);
        Reporting reporting = new Reporting(events, new AgentMetrics(), new MonotonicClock(NOW, 1));
        return new StateFile(paths, "/state", new RefreshFile(paths, null), new Announcer(paths, reporting), events);
    }
}
