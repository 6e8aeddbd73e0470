using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>
/// The flowchart's numbers made finite: ±K stands for "K or more", so counting back from there may or may not leave it, and two numbers
/// there may or may not be equal. Both ways are explored: behaviours are added, never lost.
/// </summary>
internal readonly struct SaturatedNumbers(int k, Chooser chooser) : INumbers
{
    public int Up(int d) => d >= k ? k : d > -k ? d + 1 : chooser.Either() ? d : d + 1;

    public int Down(int d) => d <= -k ? -k : d < k ? d - 1 : chooser.Either() ? d : d - 1;

    public bool IsGreatest(int d, int max) => d == max && (d < k || !chooser.Either());
}

/// <summary>
/// All free choices of one step, one run after the other: a run asks, the answers are written on a tape, and the next run goes
/// the next way.
/// </summary>
internal sealed class Chooser
{
    private readonly List<(ushort Taken, ushort Of)> _tape = [];
    private int _at;

    /// <summary>Was a number at its limit, so that the exploration knows more ways than the engine has?</summary>
    public bool HasSaturated { get; private set; }

    public ushort[] Tape => [.. _tape.Take(_at).Select(t => t.Taken)];

    public void Begin(ushort[]? tape = null)
    {
        _tape.Clear();
        _at = 0;
        foreach (var taken in tape ?? []) _tape.Add((taken, (ushort)(taken + 1)));
    }

    /// <summary>One of n ways, numbered from 0.</summary>
    public int Choose(int n)
    {
        if (n <= 1) return 0;
        if (n > ushort.MaxValue) throw new InvalidOperationException($"Expected at most {ushort.MaxValue} ways to go on, but there are {n}.");
        if (_at == _tape.Count) _tape.Add((0, (ushort)n));
        else _tape[_at] = (_tape[_at].Taken, (ushort)n);
        return _tape[_at++].Taken;
    }

    public bool Either()
    {
        HasSaturated = true;
        return Choose(2) == 1;
    }

    /// <summary>To the next way; false when all were gone.</summary>
    public bool Advance()
    {
        _tape.RemoveRange(_at, _tape.Count - _at);
        _at = 0;
        for (var i = _tape.Count - 1; i >= 0; i--)
        {
            var (taken, of) = _tape[i];
            if (taken + 1 < of)
            {
                _tape[i] = ((ushort)(taken + 1), of);
                return true;
            }
            _tape.RemoveAt(i);
        }
        return false;
    }
}
