package io.purser.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.Json;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kind of life an answer has. */
class ValidityTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {'data':{'user':'x'}}                                            | STATIC      | 0
                {'lease_duration':2764800,'data':{'user':'x'}}                   | STATIC      | 2764800
                {'lease_id':'l','lease_duration':60,'renewable':true,'data':{}}  | RENEWABLE   | 60
                {'lease_id':'l','lease_duration':60,'data':{}}                   | EXPIRING    | 60
                {'data':{'rotation_period':3600,'ttl':20}}                       | SCHEDULED   | 20
                {'data':{'certificate':'c','expiration':1800000100}}             | CERTIFICATE | 100
                {'data':{'secret_id':'s','secret_id_ttl':600}}                   | EXPIRING    | 600
                {'data':{'secret_id':'s','secret_id_ttl':0}}                     | STATIC      | 0
                {'auth':{'client_token':'t','lease_duration':60,'renewable':true}} | RENEWABLE | 60
                {'auth':{'client_token':'t','lease_duration':60}}                | EXPIRING    | 60
                {'auth':{'client_token':'t'}}                                    | STATIC      | 0
                """)
    void everyAnswerHasItsKindOfLife(String answer, Validity.Nature nature, long seconds) {
        Validity validity = of("auth/token/create", answer);
        assertThat(validity.nature()).isEqualTo(nature);
        assertThat(validity.terms().ttl()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(validity.made() != null).isEqualTo(answer.contains("auth"));
    }

    @Test
    void aTokenThatATemplateOnlyRenewsIsNotItsOwn() {
        String answer = "{'auth':{'client_token':'t','lease_duration':60,'renewable':true}}";
        assertThat(of("auth/token/renew-self", answer).made()).isNull();
        assertThat(Objects.requireNonNull(of("auth/token/create", answer).made())
                        .orphan())
                .isFalse();
    }

    @Test
    void nothingOfATokenIsPrinted() {
        String answer = "{'auth':{'client_token':'marker','accessor':'a','token_type':'batch','orphan':true}}";
        MadeToken made = Objects.requireNonNull(of("auth/approle/login", answer).made());
        assertThat(made.orphan()).isTrue();
        assertThat(made.token().revocable()).isFalse();
        assertThat(made.toString()).doesNotContain("marker");
    }

    private static Validity of(String path, String answer) {
        Secret secret = Secret.of(Json.parse(answer.replace('\'', '"')).asObject());
        return Validity.of(new SecretRequest.Write(path, new TreeMap<>()), secret, NOW);
    }
}
