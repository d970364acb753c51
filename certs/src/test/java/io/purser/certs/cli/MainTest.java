package io.purser.certs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | certs: Which command? For example: certs status | See certs --help.",
                "status --nope | certs status: Unknown option: '--nope' | See certs status --help.",
                "issue | certs issue: Missing required options: '--name=NAME', '--out=DIR' | See certs issue --help.",
            })
    void aMisuseIsToldInASentence(String arguments, String sentence, String more) {
        StringWriter err = new StringWriter();
        CommandLine certs = Main.commandLine().setErr(new PrintWriter(err));
        int code = certs.execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).containsOnlyOnce(sentence, more).hasSizeLessThan(4);
    }
}
