namespace BanBuCheng.Engine;

/// <summary>Marks a container. How it schedules children is the interpreter's own business (Running), not the host's.</summary>
public interface IContainerActivity : IActivity;
