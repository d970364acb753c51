package io.purser.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purser.agent.config.Notification.Exec;
import io.purser.agent.config.Notification.HttpRequest;
import io.purser.agent.config.Notification.SignalPidFile;
import io.purser.agent.config.Notification.SignalProcess;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NotificationTest {

    @ParameterizedTest
    @MethodSource("readable")
    void reads(String text, Notification notification) {
        assertThat(Notification.parse(text)).isEqualTo(notification);
    }

    static Stream<Arguments> readable() {
        return Stream.of(
                Arguments.of("signal:HUP:nginx", new SignalProcess(new Signal("HUP", 1), "nginx")),
                Arguments.of(" signal: sigusr2 : my app ", new SignalProcess(new Signal("USR2", 12), "my app")),
                Arguments.of("signal:37:x", new SignalProcess(new Signal("37", 37), "x")),
                Arguments.of("signal:15:x", new SignalProcess(new Signal("TERM", 15), "x")),
                Arguments.of("signal:HUP:/run/a.pid", new SignalPidFile(new Signal("HUP", 1), "/run/a.pid")),
                Arguments.of("exec:[\"reload\", \"a b\", \"\"]", new Exec(List.of("reload", "a b", ""))),
                Arguments.of("http:8080/-/reload?now=1", new HttpRequest(8080, "/-/reload?now=1")),
                Arguments.of("http:80/a%20b", new HttpRequest(80, "/a%20b")),
                Arguments.of("http:65535", new HttpRequest(65535, "/")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                  | no known kind
                    restart             | no known kind
                    Signal:HUP:x        | no known kind
                    signal              | names no process
                    signal:HUP          | names no process
                    signal:HUP:         | names no process
                    signal:HUPP:x       | unknown signal "HUPP"
                    signal:0:x          | unknown signal "0"
                    signal:65:x         | unknown signal "65"
                    signal:HUP:bin/x    | with a directory
                    exec:               | not JSON
                    exec:reload now     | not JSON
                    exec:["a",]         | not JSON
                    exec:{}             | not a list
                    exec:[]             | not a list
                    exec:["a", 1]       | no string
                    exec:["a\\"", ["b"] | no string
                    exec:{"a":{}}       | no string
                    exec:[" "]          | names no program
                    http:/reload        | no port
                    http:0/x            | no port
                    http:65536/x        | no port
                    http:localhost:80/x | no port
                    http:80/a b         | no port
                    http:80x            | no port
                    http:80/?q={a}      | no URI has
                    http:80/a#b         | no URI has
                    http:80/50%         | no URI has
                    http:80/%2          | no URI has
                    """)
    void refuses(String text, String why) {
        assertThatThrownBy(() -> Notification.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining(why);
    }

    @Test
    void bracketsInsideAnArgumentAreText() {
        assertThat(Notification.parse("exec:[\"a[[\\\"{{\"]")).isEqualTo(new Exec(List.of("a[[\"{{")));
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() {
        assertThatThrownBy(() -> Notification.parse("exec:" + "[".repeat(1_000_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void argumentsAndCommandsAreNotShown() {
        assertThat(new Exec(List.of("reload", "--token=s3cret"))).hasToString("exec:reload");
        assertThat(new Notification.ShellCommand("echo s3cret").toString()).doesNotContain("s3cret");
    }

    @Test
    void knowsTheNumbersOfLinux() {
        assertThat(Stream.of("HUP", "KILL", "USR1", "USR2", "TERM", "CHLD", "STOP", "WINCH", "SYS")
                        .map(name -> Signal.of(name).orElseThrow().number()))
                .containsExactly(1, 9, 10, 12, 15, 17, 19, 28, 31);
    }
}
